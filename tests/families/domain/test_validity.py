"""Until when proofs count."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from families.domain.validity import Validity, end_of_validity, months_after


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 11, 21), 12, date(2027, 11, 21)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day, months, end):
    assert months_after(day, months) == end


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 120))
def test_more_months_never_end_sooner(day, months):
    assert day < months_after(day, months) <= months_after(day, months + 1)


@pytest.mark.parametrize(
    ("validity", "end"),
    [
        (Validity.UNLIMITED, None),
        (Validity.SCHOOL_YEAR, date(2027, 9, 1)),
        (Validity.FIXED_DATE, date(2027, 7, 1)),
        (Validity.MONTHS, date(2027, 2, 21)),
    ],
)
def test_each_kind_of_validity_has_its_end(validity, end):
    start = date(2026, 11, 21)

    found = end_of_validity(start, validity, months=3, fixed=date(2027, 6, 30))

    assert found == end
