"""Staff: a copy of somebody's data, made for them and given to them."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from families.enums.privacy import CopyState
from families.forms.erasure import CopyForForm
from families.models import Guardian, Household
from families.policies import may_copy_data
from families.services.privacy.copies import KEPT, ask_copy, give_copy
from families.views.staff.trails import file_trail
from foundation.accounts.proof import fresh_password_required
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.storage import private_response
from tenants.townhall.queries import scope_of


@never_cache
@require_http_methods(["GET", "POST"])
@clerk_who(may_copy_data)
def copy_for(request: ClerkRequest, public_id: UUID, person: UUID) -> HttpResponse:
    """Ask a copy for an adult, say where it is, lead to it at the counter."""
    place = _place(request, public_id, person)
    form = CopyForForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _ask(request, place, form)
    copies = place.person.data_copies.exclude(state=CopyState.REMOVED)
    return staff_page(
        request,
        "families/staff/copy.html",
        title=_("Copy of the data of %(person)s") % {"person": place.person},
        trail=file_trail(place.household),
        icon="download",
        form=form,
        place=place,
        copy=copies.select_related("asked_by").order_by("-asked_at").first(),
        days=KEPT.days,
    )


def _ask(request: ClerkRequest, place: Guardian, form: CopyForForm) -> HttpResponse:
    try:
        ask_copy(
            person=place.person,
            actor=request.user,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
            is_for_counter=form.is_for_counter,
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The copy is being made. Reload in a minute."))
    here = [place.household.public_id, place.person.public_id]
    return redirect(reverse("families_copies:copy", args=here))


@never_cache
@require_safe
@clerk_who(may_copy_data)
@fresh_password_required()
def copy_file(request: ClerkRequest, public_id: UUID, person: UUID) -> HttpResponseBase:
    """Download the copy to give to the person who stands there; it is journalled."""
    place = _place(request, public_id, person)
    copy = place.person.data_copies.filter(
        is_for_counter=True, state=CopyState.READY
    ).first()
    if copy is None:
        raise Http404
    give_copy(copy=copy, actor=request.user)
    return private_response(
        copy.file.open("rb"),
        content_type="application/zip",
        filename=_("data-%(number)s.zip") % {"number": place.household.file_number},
        inline=False,
    )


def _place(request: ClerkRequest, household: UUID, person: UUID) -> Guardian:
    """Return an adult of a household that the clerk may see, or raise Http404."""
    seen = Household.objects.in_scope(scope_of(request.user))
    return get_object_or_404(
        Guardian.objects.select_related("household", "person__account"),
        household__in=seen.filter(public_id=household),
        person__public_id=person,
    )
