"""A child to be born: expected, then born, or no longer expected.

A family joins the waiting list of a crèche before the birth. Until the birth is
written the child has no file: no school, no health sheet, no booking, no rank among
the children. Who keeps the requests hears of the birth, and of an end.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db import transaction

from families.domain.children import (
    is_birth_of,
    is_plausible_birth,
    is_plausible_wait,
    is_same_name,
)
from families.models import Child, ChildMembership, Household
from families.services.children import (
    ChildAlreadyThereError,
    ImplausibleBirthError,
    say_filiation,
)
from families.services.expected_errors import (
    AlreadyBornError,
    ImplausibleWaitError,
    NobodyWaitsError,
    NotThisBirthError,
)
from families.signals import (
    child_born,
    child_no_longer_expected,
    expected_children_taken,
)
from foundation.accounts.models import Account
from foundation.journal.services import record

NAMES = ("first_name", "last_name", "birth_date")


@dataclass(frozen=True, slots=True)
class Names:
    """What is said of a child: before the birth, the day it is expected.

    The first name may be empty before the birth, not after.
    """

    first_name: str
    last_name: str
    birth_date: date


def services_taking_expected() -> list[str]:
    """Return the names of the services that take children before their birth."""
    sent = expected_children_taken.send(sender=Child)
    # The stubs believe that every receiver answers a text.
    answers = cast("list[list[str] | None]", [answer for _receiver, answer in sent])
    return [name for answer in answers for name in answer or ()]


@transaction.atomic
def expect_child(
    *, household: Household, names: Names, today: date, actor: Account
) -> Child:
    """Add a child to be born to a household.

    Raises NobodyWaitsError where no service takes such children: the town has no use
    for what it is told. Raises ImplausibleWaitError.
    """
    if not services_taking_expected():
        raise NobodyWaitsError
    if not is_plausible_wait(names.birth_date, today=today):
        raise ImplausibleWaitError
    said = _said(names)
    child = Child.objects.create(is_expected=True, **said)
    ChildMembership.objects.create(household=household, child=child)
    record(
        actor=actor,
        action="child expected",
        target=child,
        new={**said, "household": household.file_number},
    )
    return child


@transaction.atomic
def change_expected(*, child: Child, names: Names, today: date, actor: Account) -> None:
    """Change the day a child is expected, or its names, as long as it is not born.

    Raises AlreadyBornError, ImplausibleWaitError for another day.
    """
    child = _lock(child)
    if not child.is_expected:
        raise AlreadyBornError
    moved = names.birth_date != child.birth_date
    if moved and not is_plausible_wait(names.birth_date, today=today):
        raise ImplausibleWaitError
    old = _write(child, names)
    if old:
        child.save(update_fields=[*old])
        record(
            actor=actor,
            action="expected child changed",
            target=child,
            old=old,
            new={name: getattr(child, name) for name in old},
        )


@transaction.atomic
def write_birth(
    *,
    household: Household,
    child: Child,
    birth: Names,
    today: date,
    actor: Account,
    filiation: str = "",
) -> Child:
    """Write that a child is born: from now on it has a file like any other.

    Its requests stay, with their day and rank. The same birth sent twice changes
    nothing more. Raises AlreadyBornError, ImplausibleBirthError, NotThisBirthError,
    ChildAlreadyThereError.
    """
    # Two tabs of one family wait for each other here.
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    child = _lock(child)
    if not child.is_expected:
        if all(getattr(child, name) == getattr(birth, name) for name in NAMES):
            return child
        raise AlreadyBornError
    _check_birth(household, child, birth, today)
    old = _write(child, birth)
    child.is_expected = False
    child.save(update_fields=[*NAMES, "is_expected"])
    record(
        actor=actor,
        action="child born",
        target=child,
        old=old,
        new=_said(birth),
    )
    if filiation:
        say_filiation(
            household=household, child=child, filiation=filiation, actor=actor
        )
    child_born.send(sender=Child, child=child, actor=actor)
    return child


@transaction.atomic
def expect_no_longer(
    *, household: Household, child: Child, actor: Account, now: datetime, today: date
) -> None:
    """Take a child to be born out of a household, and its requests back.

    Nobody is asked why. Done twice, it changes nothing more. Raises AlreadyBornError.
    """
    child = _lock(child)
    if not child.is_expected:
        raise AlreadyBornError
    places = ChildMembership.objects.filter(
        household=household, child=child, until_on=None
    )
    if not places.update(until_on=today):
        return
    record(
        actor=actor,
        action="child no longer expected",
        target=child,
        new={"household": household.file_number, "until": today},
    )
    child_no_longer_expected.send(
        sender=Child, household=household, child=child, actor=actor, now=now
    )


def _lock(child: Child) -> Child:
    return Child.objects.select_for_update(of=("self",)).get(pk=child.pk)


def _check_birth(household: Household, child: Child, birth: Names, today: date) -> None:
    if not is_plausible_birth(birth.birth_date, today=today):
        raise ImplausibleBirthError
    if not is_birth_of(birth.birth_date, expected_on=child.birth_date):
        raise NotThisBirthError(child.birth_date)
    for known in Child.objects.of(household).filter(birth_date=birth.birth_date):
        if is_same_name(known.first_name, birth.first_name):
            raise ChildAlreadyThereError(known.first_name)


def _said(names: Names) -> dict[str, object]:
    return {name: getattr(names, name) for name in NAMES}


def _write(child: Child, names: Names) -> dict[str, object]:
    """Put names on a child, and return the old ones of those that changed."""
    old: dict[str, object] = {}
    for name, value in _said(names).items():
        if getattr(child, name) != value:
            old[name] = getattr(child, name)
            setattr(child, name, value)
    return old
