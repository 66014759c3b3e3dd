"""Requests for a file number: one number for each member of the family.

A number lets a family register; asked for too late, it comes after the places are
gone. So the town's delay is told with the day and the hour, before anything is sent.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from families.domain.file_requests import answer_by, comes_too_late
from families.enums import FileRequestStatus, GuardianRole
from families.models import (
    FileRequest,
    FileRequestMember,
    Guardian,
    Household,
    Person,
)
from families.queries.linking import next_opening, numbers_of
from families.services.children import (
    ChildAlreadyThereError,
    ChildDetails,
    add_child,
)
from families.services.households import Address, open_household
from families.services.linking_errors import AlreadyAnsweredError, AlreadyAskedError
from families.services.linking_letters import send_request
from foundation.accounts.models import Account
from foundation.journal.services import record
from foundation.references import NUMBERS, reference
from tenants.townhall.queries import town_settings


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody a number is asked for."""

    first_name: str
    last_name: str
    birth_date: date
    is_adult: bool


def opening_at_risk(*, now: datetime) -> datetime | None:
    """Return the registration opening that a number asked for now may miss."""
    return comes_too_late(
        now=now,
        opens_at=next_opening(now=now),
        hours=town_settings().file_request_hours,
    )


@transaction.atomic
def ask_for_numbers(
    *,
    account: Account,
    members: Sequence[Member],
    address: Address,
    phone: str,
    now: datetime,
) -> FileRequest:
    """Send a request; the first member is the account's holder, an adult.

    Raises AlreadyAskedError while another request of the account waits.
    """
    # Two tabs of one account wait for each other here.
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if FileRequest.objects.waiting().filter(account=account).exists():
        raise AlreadyAskedError
    request = FileRequest.objects.create(
        tracking_number=reference(secrets.randbelow(NUMBERS)),
        account=account,
        phone=phone,
        submitted_at=now,
        due_at=answer_by(now, hours=town_settings().file_request_hours),
        warned_of=opening_at_risk(now=now),
        **{name: getattr(address, name) for name in Address.__slots__},
    )
    FileRequestMember.objects.bulk_create(
        FileRequestMember(request=request, position=position, **asdict(member))
        for position, member in enumerate(members)
    )
    record(actor=account, action="file number asked", target=request)
    send_request("received", request)
    return request


@transaction.atomic
def open_asked_file(
    *, request: FileRequest, actor: Account, now: datetime, today: date
) -> Household:
    """Accept: open a file for the people named, and tell their numbers by mail.

    Raises AlreadyAnsweredError.
    """
    request = _lock_waiting(request)
    person = Person.objects.get(account=request.account)
    household = open_household(
        person=person, address=_address_of(request), phone=request.phone, actor=actor
    )
    first, *others = request.members.order_by("position")
    if person.birth_date is None:
        person.birth_date = first.birth_date
        person.save(update_fields=["birth_date"])
    for member in others:
        _add(household, member, today=today, actor=actor)
    _answer(request, household, actor=actor, now=now)
    send_request("opened", request, numbers=numbers_of(household, request))
    return household


@transaction.atomic
def tell_known_file(
    *, request: FileRequest, household: Household, actor: Account, now: datetime
) -> None:
    """Accept: the town holds this family's file already; tell its number by mail.

    Nothing is linked: its number and a birth date do. Raises AlreadyAnsweredError.
    """
    request = _lock_waiting(request)
    _answer(request, household, actor=actor, now=now)
    send_request("accepted", request, numbers=numbers_of(household, request))


@transaction.atomic
def refuse_file_request(
    *, request: FileRequest, reason: str, actor: Account, now: datetime
) -> None:
    """Refuse with a reason that the family reads. Raises AlreadyAnsweredError."""
    request = _lock_waiting(request)
    request.status, request.reason = FileRequestStatus.REFUSED, reason
    request.decided_by, request.decided_at = actor, now
    request.save(update_fields=["status", "reason", "decided_by", "decided_at"])
    record(actor=actor, action="file number refused", target=request, reason=reason)
    send_request("refused", request)


def _lock_waiting(request: FileRequest) -> FileRequest:
    locked = FileRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if locked.status != FileRequestStatus.SUBMITTED:
        raise AlreadyAnsweredError
    return locked


def _answer(
    request: FileRequest, household: Household, *, actor: Account, now: datetime
) -> None:
    request.status, request.household = FileRequestStatus.ACCEPTED, household
    request.decided_by, request.decided_at = actor, now
    request.save(update_fields=["status", "household", "decided_by", "decided_at"])
    record(
        actor=actor,
        action="file number given",
        target=request,
        new={"file_number": household.file_number},
    )


def _add(
    household: Household, member: FileRequestMember, *, today: date, actor: Account
) -> None:
    """Add an adult or a child, unless the file has them by now."""
    if not member.is_adult:
        details = ChildDetails(member.first_name, member.last_name, member.birth_date)
        try:
            add_child(household=household, details=details, today=today, actor=actor)
        except ChildAlreadyThereError:
            return
        return
    person = Person.objects.create(
        first_name=member.first_name,
        last_name=member.last_name,
        birth_date=member.birth_date,
    )
    Guardian.objects.create(
        household=household, person=person, role=GuardianRole.CO_RESPONSIBLE
    )
    record(
        actor=actor,
        action="adult added",
        target=person,
        new={"household": household.file_number},
    )


def _address_of(request: FileRequest) -> Address:
    return Address(**{name: getattr(request, name) for name in Address.__slots__})
