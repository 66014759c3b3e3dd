"""How long an access lasts."""

from datetime import date

import pytest

from enrolment.domain.access import access_until, may_renew

SEASON = date(2027, 7, 4)


def test_an_access_lasts_until_the_end_of_the_season():
    assert access_until(season_end=SEASON, expiries=[None, None]) == SEASON


def test_the_proof_that_expires_first_ends_the_access():
    expiries = [date(2027, 5, 2), None, date(2027, 3, 1)]

    assert access_until(season_end=SEASON, expiries=expiries) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (date(2027, 1, 20), True),
        (date(2027, 1, 21), False),
        (None, False),
    ],
)
def test_an_access_is_asked_for_again_sixty_days_before_its_end(until, expected):
    assert may_renew(until, today=date(2026, 11, 21)) is expected
