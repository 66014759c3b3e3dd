"""What is missing from a child's file."""

from dataclasses import replace
from datetime import date

import pytest

from families.domain.child_file import Facts, Section, completeness_of

TODAY = date(2026, 11, 21)
FULL = Facts(
    has_school=True,
    has_class=True,
    has_photo=False,
    has_insurance=True,
    insured_until=date(2027, 9, 1),
    has_health_sheet=True,
    is_answered=True,
    has_contacts=True,
)


def test_a_file_is_complete_without_a_photo():
    complete = completeness_of(FULL, today=TODAY)

    assert complete.is_complete
    assert Section.PHOTO not in complete.filled


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"has_school": False, "has_class": False}, Section.IDENTITY),
        ({"has_insurance": False}, Section.INSURANCE),
        ({"insured_until": TODAY}, Section.INSURANCE),
        ({"has_health_sheet": False}, Section.HEALTH),
        ({"is_answered": False}, Section.AUTHORISATIONS),
        ({"has_contacts": False}, Section.CONTACTS),
    ],
)
def test_each_section_counts(change: dict[str, object], missing: Section) -> None:
    facts = replace(FULL, **change)  # type: ignore[arg-type] # Any field.

    assert completeness_of(facts, today=TODAY).missing == (missing,)


def test_an_insurance_without_end_lasts():
    facts = replace(FULL, insured_until=None)

    assert completeness_of(facts, today=TODAY).is_complete
