"""Opening the file that the town already holds: three ways in, or a new file."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from families.domain.attempts import LINKING
from families.forms.linking import FORMS, KnownFileForm, LinkForm
from families.queries.invitations import invitations_to
from families.services.attempts import count_attempt
from families.services.linking import link_file
from families.views.access import PersonRequest, person_required, themselves_required
from foundation.errors import DomainError
from foundation.idempotency.services import form_key_of, form_key_to_show, once
from tenants.townhall.queries import town_settings


@require_http_methods(["GET", "POST"])
@person_required
@themselves_required
def known_file(request: PersonRequest) -> HttpResponse:
    """Ask what the family has in hand."""
    methods = town_settings().linking_methods
    if not methods:
        return redirect("families:address")
    form = KnownFileForm(request.POST or None, methods=methods)
    if form.is_valid():
        return redirect(_next(form.cleaned_data["has"]))
    context = {"form": form, "invitations": list(invitations_to(request.user))}
    return render(request, "families/link.html", context)


@require_http_methods(["GET", "POST"])
@person_required
@themselves_required
def link_by(request: PersonRequest, method: str) -> HttpResponse:
    """Link the account by one method of the town; each attempt counts."""
    method = method.replace("-", "_")
    settings = town_settings()
    if method not in settings.linking_methods:
        raise Http404
    form = FORMS[method](request.POST or None)
    key = form_key_to_show(request.POST)
    if form.is_valid():
        try:
            return redirect(_link_once(request, form, key=form_key_of(request.POST)))
        except DomainError as error:
            form.add_error(None, str(error))
    context = {"form": form, "form_key": key, "method": method, "town": settings}
    return render(request, "families/link_by.html", context)


def address_of(request: HttpRequest) -> str:
    """Return the network address of a visitor, as sign-in counts it."""
    return str(get_adapter().get_client_ip(request))


def _link_once(request: PersonRequest, form: LinkForm, *, key: UUID) -> str:
    knows, now = form.to_knowledge(), timezone.now()
    count_attempt(
        purpose="link",
        limits=LINKING,
        tried={
            "account": str(request.user.pk),
            "address": address_of(request),
            "target": f"{knows.method}:{knows.target}",
        },
        now=now,
    )

    def link() -> str:
        link_file(account=request.user, knows=knows, now=now)
        messages.success(request, _("Your account now opens your family's file."))
        return reverse("families:home")

    return once(
        account=request.user,
        key=key,
        purpose="file linked",
        answers=form.cleaned_data,
        act=link,
    )


def _next(choice: str) -> str:
    if choice == KnownFileForm.ASK:
        return reverse("families:file-request-new")
    if choice == KnownFileForm.NONE:
        return reverse("families:address")
    return reverse("families:link-by", args=[choice.replace("_", "-")])
