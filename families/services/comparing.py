"""Two records side by side, as a clerk compares them before making one of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from families.domain.search import plain
from families.enums import Alike
from families.models import Child, Household, Person
from families.services.words import birth_of
from foundation.days import date_format

Facts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact of both records; `is_same` without case, accents and signs."""

    label: str
    first: str
    second: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of two records: how it is called, where it is read, its number."""

    name: str
    number: str
    href: str


def side_of(kind: Alike, record: Any) -> Side:
    """Return how a record that `alikes` read is shown, without a query."""
    if kind == Alike.HOUSEHOLD:
        names = ", ".join(str(each.person) for each in record.adults)
        return Side(names or _("Nobody yet"), record.file_number, _file(record))
    if kind == Alike.CHILD:
        page = reverse("children_staff:child", args=[record.public_id])
        return Side(str(record), record.person_code, page)
    homes = [place.household for place in record.places]
    return Side(str(record), record.person_code, _file(homes[0]))


def compare(kind: Alike, first: Any, second: Any) -> list[Difference]:
    """Return every fact of two records that `alikes` read, without a query."""
    one, other = _FACTS[kind](first), _FACTS[kind](second)
    return [
        Difference(label, one[label], value, _bare(one[label]) == _bare(value))
        for label, value in other.items()
    ]


def _of_file(household: Household) -> Facts:
    adults: list[Any] = household.adults  # type: ignore[attr-defined] # Read along.
    children: list[Child] = household.shown_children  # type: ignore[attr-defined] # Read along.
    street = ", ".join(filter(None, [household.street, household.street_extra]))
    return {
        _("File number"): household.file_number,
        _("Street"): street,
        _("City"): f"{household.postal_code} {household.city}",
        _("Adults"): _joined(str(each.person) for each in adults),
        _("E-mail"): _joined(_email(each.person) for each in adults),
        _("Telephone"): _joined(each.person.phone for each in adults),
        _("Signs in"): _joined(str(each.person) for each in adults if _account(each)),
        _("Children"): _joined(f"{each}, {_birth(each)}" for each in children),
        _("Opened"): _day(household.created_at),
    }


def _of_adult(person: Person) -> Facts:
    places: list[Any] = person.places  # type: ignore[attr-defined] # Read along.
    return {
        _("Name"): str(person),
        _("Birth date"): _day(person.birth_date),
        _("E-mail"): _email(person),
        _("Telephone"): person.phone,
        _("Signs in"): person.account.email if person.account else "",
        _("Own number"): person.person_code,
        pgettext("of families", "Files"): _joined(
            f"{each.household.file_number} ({each.get_role_display()})"
            for each in places
        ),
        _("Entered"): _day(person.created_at),
    }


def _of_child(child: Child) -> Facts:
    files: list[Household] = child.files  # type: ignore[attr-defined] # Read along.
    return {
        _("Name"): str(child),
        _("Birth date"): _birth(child),
        _("School"): child.school_name,
        _("Class"): child.class_label,
        _("Own number"): child.person_code,
        pgettext("of families", "Files"): _joined(each.file_number for each in files),
        _("Entered"): _day(child.created_at),
    }


def _file(household: Household) -> str:
    return reverse("families_staff:file", args=[household.public_id])


def _email(person: Person) -> str:
    return person.email or (person.account.email if person.account else "")


def _account(place: Any) -> bool:
    return place.person.account is not None


def _day(day: Any) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _birth(child: Child) -> str:
    return birth_of(child) if child.is_expected else _day(child.birth_date)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(filter(None, texts))


def _bare(text: str) -> str:
    return "".join(sign for sign in plain(text) if sign.isalnum())


_FACTS: dict[Alike, Callable[[Any], Facts]] = {
    Alike.HOUSEHOLD: _of_file,
    Alike.PERSON: _of_adult,
    Alike.CHILD: _of_child,
}
