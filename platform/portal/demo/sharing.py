"""Demo adults who answer together, and separated parents who share a child."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings

from families.enums import Civility, CustodyPattern, GuardianRole, InvitationKind
from families.models import Child, Guardian, Household, Invitation, Person
from families.services.custody import Arrangement, decide_custody
from families.services.invitations import accept_invitation, invite
from families.services.people import register_person
from foundation.accounts.models import Account

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Together:
    """A co-responsible who joins the household of an adult; `at` is local.

    Somebody who has an account already answers for two households from then on.
    """

    household: str
    email: str
    civility: str
    first_name: str
    last_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation nobody answered yet: to share the child, or the household."""

    household: str
    email: str
    child: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shared:
    """A child shared with another household, one week out of two; `at` is local.

    The household that shares has even weeks, which begin on `change`.
    """

    child: str
    household: str
    other: str
    change: str
    from_on: date
    source: str
    at: datetime


def join(joined: Together, *, zone: ZoneInfo) -> None:
    """Invite the co-responsible, who signs up and accepts."""
    now = joined.at.replace(tzinfo=zone)
    place = _place(joined.household)
    invitation = _invite(place, InvitationKind.CO_RESPONSIBLE, joined.email, now)
    known = Person.objects.select_related("account").filter(account__email=joined.email)
    person = known.first() or _sign_up(joined, now)
    _accept(invitation, person, None, now)


def leave_open(invited: Invited, *, zone: ZoneInfo) -> None:
    """Send an invitation that waits for its answer."""
    place = _place(invited.household)
    now = invited.at.replace(tzinfo=zone)
    if not invited.child:
        _invite(place, InvitationKind.CO_RESPONSIBLE, invited.email, now)
        return
    child = Child.objects.of(place.household).get(first_name=invited.child)
    _invite(place, InvitationKind.OTHER_PARENT, invited.email, now, child)


def share(shared: Shared, *, clerk: Account, zone: ZoneInfo) -> None:
    """Share the child by invitation, then write the custody from the judgment."""
    now = shared.at.replace(tzinfo=zone)
    one, other = _place(shared.household), _place(shared.other)
    child = Child.objects.of(one.household).get(first_name=shared.child)
    kind = InvitationKind.OTHER_PARENT
    invitation = _invite(one, kind, shared.other, now, child)
    _accept(invitation, other.person, other.household, now)
    decide_custody(
        child=child,
        arrangement=Arrangement(
            pattern=CustodyPattern.ALTERNATE,
            household=one.household,
            other_household=other.household,
            from_on=shared.from_on,
            change_weekday=DAYS.index(shared.change),
            source=shared.source,
        ),
        reason=shared.source,
        actor=clerk,
        today=shared.from_on,
    )


def _place(email: str) -> Guardian:
    return Guardian.objects.select_related("household", "person__account").get(
        person__account__email=email, role=GuardianRole.RESPONSIBLE
    )


def _invite(
    place: Guardian, kind: InvitationKind, email: str, now: datetime, *children: Child
) -> Invitation:
    return invite(
        household=place.household,
        kind=kind,
        email=email,
        children=children,
        actor=_account_of(place.person),
        now=now,
    )


def _sign_up(joined: Together, now: datetime) -> Person:
    account = Account.objects.create_user(
        joined.email,
        settings.DEMO_PASSWORD,
        first_name=joined.first_name,
        last_name=joined.last_name,
    )
    EmailAddress.objects.create(
        user=account, email=joined.email, verified=True, primary=True
    )
    return register_person(
        account=account,
        civility=Civility(joined.civility),
        first_name=joined.first_name,
        last_name=joined.last_name,
        now=now,
    )


def _accept(
    invitation: Invitation, person: Person, household: Household | None, now: datetime
) -> None:
    accept_invitation(
        invitation=invitation,
        person=person,
        household=household,
        actor=_account_of(person),
        now=now,
    )


def _account_of(person: Person) -> Account:
    if person.account is None:
        message = f"{person} has no account."
        raise LookupError(message)
    return person.account
