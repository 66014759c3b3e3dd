"""Births and names of children."""

from datetime import date

import pytest

from families.domain.children import age_on, is_plausible_birth, is_same_name

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("born_on", "accepted"),
    [
        (TODAY, True),
        (date(2026, 11, 22), False),
        (date(2005, 11, 22), True),
        (date(2005, 11, 21), False),
    ],
)
def test_a_child_is_born_and_not_over_twenty(born_on, accepted):
    assert is_plausible_birth(born_on, today=TODAY) is accepted


def test_a_child_of_29_february_ages_on_1_march():
    born_on = date(2020, 2, 29)

    assert age_on(born_on, date(2026, 2, 28)) == 5
    assert age_on(born_on, date(2026, 3, 1)) == 6


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Léa", "LEA", True),
        ("Jean-Noël", "jean noel", True),
        ("Léa", "Léo", False),
    ],
)
def test_names_compare_as_a_clerk_reads_them(one, other, same):
    assert is_same_name(one, other) is same
