"""Invite an adult by mail: to answer for the household too, or to share a child.

Nothing of the household is told before the answer. The link serves once and lives a
day; a new one goes to the same address, whoever asks for it.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from families.domain.invitations import INVITATIONS_A_DAY, LINK_LIFE, LINKS_A_DAY
from families.enums import GuardianRole, InvitationKind, InvitationStatus
from families.models import (
    Child,
    ChildMembership,
    Guardian,
    Household,
    Invitation,
    InvitationLink,
    Person,
)
from families.policies import is_responsible
from families.queries.households import addresses_of
from families.queries.invitations import digest_of
from families.services.household_errors import (
    AlreadyInHouseholdError,
    InvitationOverError,
    NoChildChosenError,
    NotResponsibleError,
    OtherHouseholdNeededError,
    TooManyInvitationsError,
)
from families.services.household_letters import send_answered, send_invitation
from families.services.shared_children import share
from foundation.accounts.models import Account
from foundation.cache.counters import count_up
from foundation.journal.services import record

ONE_DAY = timedelta(days=1)


@transaction.atomic
def invite(
    *,
    household: Household,
    kind: InvitationKind,
    email: str,
    children: Collection[Child] = (),
    actor: Account,
    now: datetime,
) -> Invitation:
    """Invite an address; asked twice, it sends a new link of the same invitation.

    Raises NotResponsibleError, AlreadyInHouseholdError, NoChildChosenError,
    TooManyInvitationsError.
    """
    if not is_responsible(actor, household):
        raise NotResponsibleError
    email = email.strip().lower()
    if email in {each.lower() for each in addresses_of([household.pk])[household.pk]}:
        raise AlreadyInHouseholdError
    if kind == InvitationKind.OTHER_PARENT and not children:
        raise NoChildChosenError
    # Two tabs of one family wait for each other here.
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    _limit(f"invitations:{household.pk}", INVITATIONS_A_DAY, now)
    invitation, _is_new = Invitation.objects.get_or_create(
        household=household,
        kind=kind,
        email=email,
        status=InvitationStatus.WAITING,
        defaults={"invited_by": actor, "invited_at": now},
    )
    invitation.children.set(children)
    record(
        actor=actor,
        action="adult invited",
        target=household,
        new={"kind": kind, "email": email, "children": _names(children)},
    )
    _send_link(invitation, now=now)
    return invitation


@transaction.atomic
def renew_link(*, invitation: Invitation, now: datetime) -> None:
    """Send a new link to the address that was invited; the former ones stop.

    Raises InvitationOverError, TooManyInvitationsError.
    """
    invitation = _lock_waiting(invitation)
    _limit(f"invitation-links:{invitation.pk}", LINKS_A_DAY, now)
    _send_link(invitation, now=now)


@transaction.atomic
def accept_invitation(
    *,
    invitation: Invitation,
    person: Person,
    household: Household | None,
    actor: Account,
    now: datetime,
) -> None:
    """Let a person into the household, or share its children with `household`.

    `household` is the person's own; it is only needed to share children. Raises
    InvitationOverError, AlreadyInHouseholdError, OtherHouseholdNeededError,
    NoChildChosenError.
    """
    invitation = _lock_waiting(invitation)
    inviting = invitation.household
    if Guardian.objects.filter(household=inviting, person=person).exists():
        raise AlreadyInHouseholdError
    if invitation.kind == InvitationKind.CO_RESPONSIBLE:
        Guardian.objects.create(
            household=inviting, person=person, role=GuardianRole.CO_RESPONSIBLE
        )
    else:
        _share_all(invitation, household, actor)
    _answer(invitation, InvitationStatus.ACCEPTED, person, now)
    record(
        actor=actor,
        action="invitation accepted",
        target=inviting,
        new={"kind": invitation.kind, "person": str(person)},
    )
    send_answered(invitation, person=person)


@transaction.atomic
def decline_invitation(
    *, invitation: Invitation, person: Person | None, now: datetime
) -> None:
    """Say no: the invitation is over. Raises InvitationOverError."""
    invitation = _lock_waiting(invitation)
    _answer(invitation, InvitationStatus.DECLINED, person, now)
    record(
        actor=person.account if person else None,
        action="invitation declined",
        target=invitation.household,
        new={"kind": invitation.kind},
    )


@transaction.atomic
def withdraw_invitation(
    *, invitation: Invitation, actor: Account, now: datetime
) -> None:
    """Take an invitation back. Raises NotResponsibleError, InvitationOverError."""
    if not is_responsible(actor, invitation.household):
        raise NotResponsibleError
    invitation = _lock_waiting(invitation)
    _answer(invitation, InvitationStatus.WITHDRAWN, None, now)
    record(
        actor=actor,
        action="invitation withdrawn",
        target=invitation.household,
        new={"kind": invitation.kind, "email": invitation.email},
    )


def _share_all(
    invitation: Invitation, household: Household | None, actor: Account
) -> None:
    if household is None or household.pk == invitation.household_id:
        raise OtherHouseholdNeededError
    # A child who left, or whose file was closed to who invites, is not theirs to share.
    seen = ChildMembership.objects.current().filter(
        household=invitation.household_id, sees_file=True
    )
    children = list(invitation.children.filter(pk__in=seen.values("child")))
    if not children:
        raise NoChildChosenError
    for child in children:
        share(child=child, household=household, actor=actor)


def _lock_waiting(invitation: Invitation) -> Invitation:
    locked = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("household", "invited_by")
        .get(pk=invitation.pk)
    )
    if locked.status != InvitationStatus.WAITING:
        raise InvitationOverError
    return locked


def _answer(
    invitation: Invitation,
    status: InvitationStatus,
    person: Person | None,
    now: datetime,
) -> None:
    invitation.status = status
    invitation.answered_by, invitation.answered_at = person, now
    invitation.save(update_fields=["status", "answered_by", "answered_at"])


def _send_link(invitation: Invitation, *, now: datetime) -> None:
    token = secrets.token_urlsafe(32)
    InvitationLink.objects.create(
        invitation=invitation,
        digest=digest_of(token),
        sent_at=now,
        expires_at=now + LINK_LIFE,
    )
    send_invitation(invitation, token=token)


def _limit(key: str, most: int, now: datetime) -> None:
    if count_up(f"{key}:{now.date()}", until=now + ONE_DAY) > most:
        raise TooManyInvitationsError


def _names(children: Collection[Child]) -> Sequence[str]:
    return [str(child) for child in children]
