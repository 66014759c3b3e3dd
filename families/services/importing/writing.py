"""Write a checked import, in a handful of statements for any number of families."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from families.domain.imports import Balance
from families.domain.imports.cells import plain
from families.domain.imports.checking import Checked, Known
from families.domain.imports.columns import Sheet
from families.domain.imports.rows import Row
from families.enums import Civility, GuardianRole, QuotientKind
from families.models import (
    Child,
    ChildMembership,
    Guardian,
    Household,
    Person,
    QuotientRecord,
    ResidenceRecord,
)
from families.signals import balances_imported
from tenants.townhall.models import Commune

_BATCH = 2_000


def write_families(
    *, checked: Checked, known: Known, today: date, country: str, source: str
) -> list[Household]:
    """Write every row; return the households made, in the order of their file.

    The caller checked the tables against `known` in the same transaction.
    """
    rows = checked.rows
    made = _write_households(rows[Sheet.HOUSEHOLDS], known, country)
    ids = _ids_of(made, rows)
    _write_standing(rows[Sheet.HOUSEHOLDS], ids, today=today, source=source)
    _write_adults(rows[Sheet.ADULTS], ids, new={each.file_number for each in made})
    _write_children(rows[Sheet.CHILDREN], ids, known)
    _hand_over_balances(rows[Sheet.BALANCES], ids, known)
    return made


def _write_households(
    rows: Sequence[Row], known: Known, country: str
) -> list[Household]:
    places = _commune_by_postal_code()
    return Household.objects.bulk_create(
        [
            Household(
                file_number=row.values["file_number"],
                street=row.values["street"],
                street_extra=row.values.get("street_extra", ""),
                postal_code=row.values["postal_code"],
                city=row.values["city"],
                country=row.values.get("country", country),
                commune_id=_commune_of(row, known, places),
            )
            for row in rows
        ],
        batch_size=_BATCH,
    )


def _commune_by_postal_code() -> dict[str, int]:
    """Return communes that are alone at their postal code."""
    found: dict[str, list[int]] = {}
    for pk, codes in Commune.objects.values_list("pk", "postal_codes"):
        for code in codes:
            found.setdefault(code, []).append(pk)
    return {code: pks[0] for code, pks in found.items() if len(pks) == 1}


def _commune_of(row: Row, known: Known, places: Mapping[str, int]) -> int | None:
    named = row.values.get("commune")
    if named:
        return known.communes[plain(named)]
    return places.get(row.values["postal_code"])


def _ids_of(
    made: Sequence[Household], rows: Mapping[Sheet, Sequence[Row]]
) -> dict[str, int]:
    """Return the id of every household the tables name, made or known before."""
    ids = {each.file_number: each.pk for each in made}
    named = {each.values["file_number"] for table in rows.values() for each in table}
    before = Household.objects.filter(file_number__in=named - set(ids))
    return ids | dict(before.values_list("file_number", "pk"))


def _write_standing(
    rows: Sequence[Row], ids: Mapping[str, int], *, today: date, source: str
) -> None:
    def dated(row: Row, what: str) -> dict[str, Any]:
        return {
            "household_id": ids[row.values["file_number"]],
            "source": source,
            "from_on": today,
            "until_on": row.values.get(f"{what}_until"),
        }

    ResidenceRecord.objects.bulk_create(
        ResidenceRecord(status=row.values["residence"], **dated(row, "residence"))
        for row in rows
        if "residence" in row.values
    )
    QuotientRecord.objects.bulk_create(
        QuotientRecord(
            value=row.values["quotient"],
            kind=row.values.get("quotient_kind", QuotientKind.NONE),
            **dated(row, "quotient"),
        )
        for row in rows
        if "quotient" in row.values
    )


def _write_adults(
    rows: Sequence[Row], ids: Mapping[str, int], *, new: set[str]
) -> None:
    people = _once(rows, _person)
    Person.objects.bulk_create(_distinct(people), batch_size=_BATCH)
    answering = {
        row.values["file_number"]
        for row in rows
        if row.values.get("role") == GuardianRole.RESPONSIBLE
    }
    guardians = []
    for row, person in zip(rows, people, strict=True):
        number = row.values["file_number"]
        role = row.values.get("role", GuardianRole.CO_RESPONSIBLE)
        # Nobody is said to be responsible: the first adult of the file is.
        if number in new and number not in answering:
            role = GuardianRole.RESPONSIBLE
            answering.add(number)
        guardians.append(Guardian(household_id=ids[number], person=person, role=role))
    Guardian.objects.bulk_create(guardians, batch_size=_BATCH)


def _write_children(rows: Sequence[Row], ids: Mapping[str, int], known: Known) -> None:
    children = _once(rows, lambda row: _child(row, known))
    Child.objects.bulk_create(_distinct(children), batch_size=_BATCH)
    ChildMembership.objects.bulk_create(
        [
            ChildMembership(household_id=ids[row.values["file_number"]], child=child)
            for row, child in zip(rows, children, strict=True)
        ],
        batch_size=_BATCH,
    )


def _once(rows: Sequence[Row], make: Any) -> list[Any]:
    """Return the record of each row; rows with the same person code share one."""
    by_code: dict[str, Any] = {}
    found = []
    for row in rows:
        code = row.values.get("person_code")
        if code is None:
            found.append(make(row))
        else:
            found.append(by_code.setdefault(code, None) or make(row))
            by_code[code] = found[-1]
    return found


def _distinct(records: Sequence[Any]) -> list[Any]:
    return list({id(each): each for each in records}.values())


def _code(row: Row) -> dict[str, str]:
    """Return the code given; without one the database draws it."""
    code = row.values.get("person_code")
    return {"person_code": code} if code else {}


def _person(row: Row) -> Person:
    return Person(
        civility=row.values.get("civility", Civility.NONE),
        first_name=row.values["first_name"],
        last_name=row.values["last_name"],
        birth_date=row.values.get("birth_date"),
        email=row.values.get("email", ""),
        phone=row.values.get("phone", ""),
        **_code(row),
    )


def _child(row: Row, known: Known) -> Child:
    school = row.values.get("school", "")
    listed = known.schools.get(plain(school)) if school else None
    taught = row.values.get("school_class")
    return Child(
        first_name=row.values["first_name"],
        last_name=row.values["last_name"],
        birth_date=row.values["birth_date"],
        school_id=listed,
        other_school="" if listed else school,
        school_class=known.classes[plain(taught)] if taught else "",
        **_code(row),
    )


def _hand_over_balances(
    rows: Sequence[Row], ids: Mapping[str, int], known: Known
) -> None:
    balances = [
        Balance(
            household_id=ids[row.values["file_number"]],
            service_id=known.services[plain(row.values["service"])],
            amount=Decimal(row.values["amount"]),
            day=row.values["day"],
            label=row.values.get("label", ""),
        )
        for row in rows
    ]
    if balances:
        balances_imported.send(sender=Household, balances=balances)
