"""Households: the family's file with the town."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction

from families.domain.file_numbers import DRAWN_DIGITS, file_number
from families.enums import GuardianRole
from families.models import Guardian, Household, Person, ResidenceRecord
from foundation.accounts.models import Account
from foundation.journal.services import record
from tenants.townhall.models import Commune


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `commune` is None outside the town's territory."""

    street: str
    postal_code: str
    city: str
    country: str
    street_extra: str = ""
    commune: Commune | None = None


@transaction.atomic
def open_household(
    *, person: Person, address: Address, phone: str = "", actor: Account | None
) -> Household:
    """Open the file of a person, who becomes its responsible.

    Asked twice, it opens one: the person is locked and the household they already
    answer for is returned unchanged.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    known = Household.objects.filter(guardians__person=person).first()
    if known is not None:
        return known
    household = Household.objects.create(
        file_number=_unused_file_number(), **_fields(address)
    )
    Guardian.objects.create(
        household=household, person=person, role=GuardianRole.RESPONSIBLE
    )
    _note_phone(person, phone)
    record(
        actor=actor, action="household opened", target=household, new=_facts(address)
    )
    return household


@transaction.atomic
def move_household(
    *, household: Household, address: Address, today: date, actor: Account | None
) -> bool:
    """Change the address; return whether a new proof of residence is needed.

    A family that leaves its commune or postal code is no longer proven to live where
    it did: the residence ends today, and what it gave with it. Past days stay.
    """
    household = (
        Household.objects.select_for_update(of=("self",))
        .select_related("commune")
        .get(pk=household.pk)
    )
    before = _address_of(household)
    if before == address:
        return False
    for name, value in _fields(address).items():
        setattr(household, name, value)
    household.save()
    record(
        actor=actor,
        action="household moved",
        target=household,
        old=_facts(before),
        new=_facts(address),
    )
    if _place(before) == _place(address):
        return False
    return _end_residence(household, today=today)


@transaction.atomic
def change_phone(*, person: Person, phone: str, actor: Account | None) -> None:
    """Keep a person's new telephone number; an empty one is forgotten."""
    if phone == person.phone:
        return
    old, person.phone = person.phone, phone
    person.save(update_fields=["phone"])
    record(
        actor=actor,
        action="telephone changed",
        target=person,
        old={"phone": old},
        new={"phone": phone},
    )


def _unused_file_number() -> str:
    """Draw a number; the unique constraint answers for the rest."""
    while True:
        number = file_number(secrets.randbelow(10**DRAWN_DIGITS))
        if not Household.objects.filter(file_number=number).exists():
            return number


def _note_phone(person: Person, phone: str) -> None:
    if phone:
        person.phone = phone
        person.save(update_fields=["phone"])


def _end_residence(household: Household, *, today: date) -> bool:
    """End the residence that holds today, and forget those still to come."""
    held = household.residences.on(today)
    ended = held.filter(from_on__lt=today).update(until_on=today)
    later = household.residences.filter(from_on__gte=today)
    return bool(ended + _delete(later))


def _delete(records: models.QuerySet[ResidenceRecord]) -> int:
    return records.delete()[0]


def _fields(address: Address) -> Mapping[str, object]:
    return {name: getattr(address, name) for name in Address.__slots__}


def _facts(address: Address) -> Mapping[str, object]:
    facts = {name: value for name, value in _fields(address).items() if value}
    return {name: str(value) for name, value in facts.items()}


def _address_of(household: Household) -> Address:
    return Address(**{name: getattr(household, name) for name in Address.__slots__})


def _place(address: Address) -> tuple[object, ...]:
    return address.postal_code, address.city.casefold(), address.commune
