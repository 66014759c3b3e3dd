"""Make the sessions of a period; cancel one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from catalog.forms.sessions import CancelSessionForm, MakeSessionsForm
from catalog.models import Session
from catalog.services.sessions import cancel_session, days_to_make, make_sessions
from foundation.backoffice.access import ClerkRequest, clerk_who, holds
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from tenants.townhall.queries import scope_of


def _trail() -> list[tuple[object, str]]:
    return [(_("Sessions"), reverse("sessions:index"))]


@clerk_who(holds("catalog.add_session"))
@require_http_methods(["GET", "POST"])
def make(request: ClerkRequest) -> HttpResponse:
    """Choose an activity and days, look at the days, then make the sessions."""
    form = MakeSessionsForm(
        request.POST or None, initial=request.GET.dict(), scope=scope_of(request.user)
    )
    days = None
    if request.method == "POST" and form.is_valid():
        chosen = {
            "activity": form.cleaned_data["activity"],
            "within": form.within,
            "in_school_time": form.cleaned_data["in_school_time"],
            "in_holidays": form.cleaned_data["in_holidays"],
        }
        if "confirm" in request.POST:
            made = make_sessions(**chosen, capacity=form.cleaned_data["capacity"])
            _say_made(request, len(made))
            address = reverse("sessions:index")
            return redirect(f"{address}?activity={chosen['activity'].pk}")
        days = days_to_make(**chosen)
    return staff_page(
        request,
        "catalog/staff/make_sessions.html",
        title=_("Make the sessions"),
        trail=_trail(),
        form=form,
        days=days,
    )


@clerk_who(holds("catalog.change_session"))
@require_http_methods(["GET", "POST"])
def cancel(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Ask why, then cancel; families who booked are told."""
    within = Session.objects.in_scope(scope_of(request.user))
    session = get_object_or_404(within.select_related("activity"), public_id=public_id)
    form = CancelSessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_session(
                session=session,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The session is cancelled."))
            return redirect("sessions:index")
    return staff_page(
        request,
        "catalog/staff/cancel_session.html",
        title=_("Cancel a session"),
        trail=_trail(),
        form=form,
        session=session,
    )


def _say_made(request: HttpRequest, count: int) -> None:
    text = ngettext("%(count)s session is made.", "%(count)s sessions are made.", count)
    messages.success(request, text % {"count": count})
