"""Children of a household."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from families.domain.children import OLDEST, is_plausible_birth, is_same_name
from families.models import Child, ChildMembership, Household
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record
from tenants.townhall.models import School


class ImplausibleBirthError(DomainError):
    """Nobody on file was born then: in the future, or more than twenty years ago."""

    def __init__(self) -> None:
        super().__init__(
            _("Check the date of birth: past, and less than %(years)s years ago.")
            % {"years": OLDEST + 1}
        )


class ChildAlreadyThereError(DomainError):
    """The household already has a child of this name, born that day."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s is already in your family, with the same date of birth.")
            % {"name": name}
        )


@dataclass(frozen=True, slots=True)
class ChildDetails:
    """What a family says of a child. `school_class` is a code of `families.enums`.

    `other_school` names a school that the town does not list.
    """

    first_name: str
    last_name: str
    birth_date: date
    school: School | None = None
    school_class: str = ""
    other_school: str = ""


@transaction.atomic
def add_child(
    *,
    household: Household,
    details: ChildDetails,
    today: date,
    actor: Account | None,
    filiation: str = "",
) -> Child:
    """Add a child to a household; `filiation` is a code of `families.enums`.

    Raises ImplausibleBirthError and ChildAlreadyThereError.
    """
    _check(household, details, today=today)
    child = Child.objects.create(**_fields(details))
    ChildMembership.objects.create(
        household=household, child=child, filiation=filiation
    )
    said = {"filiation": filiation} if filiation else {}
    record(
        actor=actor,
        action="child added",
        target=child,
        new={**_fields(details), **said, "household": household.file_number},
    )
    return child


@transaction.atomic
def say_filiation(
    *, household: Household, child: Child, filiation: str, actor: Account
) -> None:
    """Keep what the responsible of a household is to a child of it."""
    known = ChildMembership.objects.select_for_update(of=("self",))
    place = known.get(household=household, child=child)
    if place.filiation == filiation:
        return
    old, place.filiation = place.filiation, filiation
    place.save(update_fields=["filiation"])
    record(
        actor=actor,
        action="child's link said",
        target=child,
        old={"filiation": old},
        new={"filiation": filiation, "household": household.file_number},
    )


@transaction.atomic
def change_child(
    *,
    household: Household,
    child: Child,
    details: ChildDetails,
    today: date,
    actor: Account | None,
) -> None:
    """Change what is said of a child; nothing happens when nothing differs.

    Raises ImplausibleBirthError and ChildAlreadyThereError.
    """
    _check(household, details, today=today, but=child)
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    old = {name: getattr(child, name) for name in ChildDetails.__slots__}
    new = _fields(details)
    changed = [name for name in new if old[name] != new[name]]
    if not changed:
        return
    for name in changed:
        setattr(child, name, new[name])
    child.save(update_fields=changed)
    record(
        actor=actor,
        action="child changed",
        target=child,
        old={name: old[name] for name in changed},
        new={name: new[name] for name in changed},
    )


def _check(
    household: Household,
    details: ChildDetails,
    *,
    today: date,
    but: Child | None = None,
) -> None:
    if not is_plausible_birth(details.birth_date, today=today):
        raise ImplausibleBirthError
    # Two tabs of one family wait for each other here.
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    born_that_day = Child.objects.of(household).filter(birth_date=details.birth_date)
    if but is not None:
        born_that_day = born_that_day.exclude(pk=but.pk)
    for known in born_that_day:
        if is_same_name(known.first_name, details.first_name):
            raise ChildAlreadyThereError(known.first_name)


def _fields(details: ChildDetails) -> dict[str, object]:
    return {name: getattr(details, name) for name in ChildDetails.__slots__}
