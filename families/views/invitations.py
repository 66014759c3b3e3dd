"""Invitations: sent by the responsible, opened by a link, answered once."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from families.domain.invitations import LinkState, link_state
from families.enums import InvitationKind
from families.forms.households import AnswerForm, InviteForm
from families.models import Invitation, Person
from families.policies import is_responsible
from families.queries import find_person, guardians_of
from families.queries.invitations import find_link, invitations_of, invitations_to
from families.queries.sharing import children_to_share
from families.services.invitations import (
    accept_invitation,
    decline_invitation,
    invite,
    renew_link,
    withdraw_invitation,
)
from families.views.access import (
    FamilyRequest,
    PersonRequest,
    family_required,
    person_required,
    themselves_required,
)
from families.views.confirming import ask_first
from families.views.current import OPENED
from foundation.access import open_to_all
from foundation.accounts.models import Account
from foundation.errors import DomainError


@require_http_methods(["GET", "POST"])
@family_required
@themselves_required
def invite_adult(request: FamilyRequest, kind: str) -> HttpResponse:
    """Invite a co-responsible, or the other parent of a child."""
    if kind not in InvitationKind.values:
        raise Http404
    if not is_responsible(request.user, request.household):
        return _back(request, _("Only the responsible of the household can do this."))
    shares = kind == InvitationKind.OTHER_PARENT
    children = children_to_share(request.household) if shares else None
    if children == []:
        return _back(request, _("Each of your children is shared already."))
    form = InviteForm(request.POST or None, children=children)
    if form.is_valid():
        try:
            invite(
                household=request.household,
                kind=InvitationKind(kind),
                email=form.cleaned_data["email"],
                children=form.chosen,
                actor=request.user,
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("families:household")
    return render(request, "families/invite.html", {"form": form, "shares": shares})


@require_http_methods(["GET", "POST"])
@family_required
@themselves_required
def withdraw(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Ask, then take an invitation back."""
    known = get_object_or_404(invitations_of(request.household), public_id=public_id)
    if request.method == "GET":
        return ask_first(
            request,
            title=_("Take back this invitation?"),
            text=_("The link sent to %(email)s stops working.")
            % {"email": known.email},
            button=_("Take back"),
            back=reverse("families:household"),
            back_text=_("My household"),
        )
    try:
        withdraw_invitation(invitation=known, actor=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The invitation is taken back."))
    return redirect("families:household")


@never_cache
@require_http_methods(["GET", "POST"])
@open_to_all
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites, to whoever holds the link; nothing of the household.

    A link that is over explains why, and sends a new one to the invited address.
    """
    link = find_link(token)
    if link is None:
        return render(
            request, "families/invitation_over.html", {"state": "unknown"}, status=404
        )
    known, now = link.invitation, timezone.now()
    state = link_state(
        status=known.status,
        expires_at=link.expires_at,
        is_latest=link.latest == link.pk,
        now=now,
    )
    if state != LinkState.OPEN:
        return _over(request, known, state)
    person = _person_of(request)
    if person is None:
        request.session[OPENED] = token
    return _answer(request, known, person, reverse("families:invitation", args=[token]))


@require_http_methods(["GET", "POST"])
@person_required
@themselves_required
def invited(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Answer an invitation sent to an address that the account has confirmed."""
    known = get_object_or_404(invitations_to(request.user), public_id=public_id)
    here = reverse("families:invited", args=[public_id])
    return _answer(request, known, request.person, here)


def _back(request: HttpRequest, why: str) -> HttpResponse:
    """Return to the household with the reason."""
    messages.error(request, why)
    return redirect("families:household")


def _answer(
    request: HttpRequest, known: Invitation, person: Person | None, here: str
) -> HttpResponse:
    account = request.user if isinstance(request.user, Account) else None
    mine = [each.household for each in guardians_of(account)] if account else []
    form = AnswerForm(request.POST or None, households=mine)
    if request.method == "POST" and "decline" in request.POST:
        return _decline(request, known, person)
    if request.method == "POST" and person and account and form.is_valid():
        try:
            accept_invitation(
                invitation=known,
                person=person,
                household=form.chosen,
                actor=account,
                now=timezone.now(),
            )
        except DomainError as error:
            messages.error(request, str(error))
        else:
            request.session.pop(OPENED, None)
            messages.success(request, _("You accepted the invitation."))
            return redirect("families:household")
    context = {
        "invitation": known,
        "inviter": known.invited_by.get_full_name(),
        "person": person,
        "shares": known.kind == InvitationKind.OTHER_PARENT,
        "needs_household": known.kind == InvitationKind.OTHER_PARENT and not mine,
        "form": form,
        "next": urlencode({"next": here}),
    }
    return render(request, "families/invitation.html", context)


def _decline(
    request: HttpRequest, known: Invitation, person: Person | None
) -> HttpResponse:
    try:
        decline_invitation(invitation=known, person=person, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    request.session.pop(OPENED, None)
    return render(request, "families/invitation_over.html", {"state": "declined"})


def _over(request: HttpRequest, known: Invitation, state: LinkState) -> HttpResponse:
    if request.method == "POST" and state == LinkState.EXPIRED:
        try:
            renew_link(invitation=known, now=timezone.now())
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("A new link is on its way to the address invited.")
            )
        return redirect(request.path)
    return render(request, "families/invitation_over.html", {"state": str(state)})


def _person_of(request: HttpRequest) -> Person | None:
    if isinstance(request.user, AnonymousUser):
        return None
    return find_person(request.user)
