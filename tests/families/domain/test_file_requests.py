"""A number asked for too late."""

from datetime import UTC, datetime, timedelta

import pytest

from families.domain.file_requests import answer_by, comes_too_late

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ahead", "is_late"),
    [
        (timedelta(hours=72), False),
        (timedelta(hours=72, seconds=-1), True),
        (timedelta(seconds=1), True),
        (timedelta(0), False),
        (timedelta(hours=-1), False),
    ],
)
def test_the_family_is_warned_when_less_than_the_delay_is_left(ahead, is_late):
    opens_at = NOW + ahead

    warned = comes_too_late(now=NOW, opens_at=opens_at, hours=72)

    assert warned == (opens_at if is_late else None)


def test_without_an_opening_to_come_nobody_is_warned():
    assert comes_too_late(now=NOW, opens_at=None, hours=72) is None


def test_the_answer_is_due_after_the_delay_of_the_town():
    assert answer_by(NOW, hours=48) == NOW + timedelta(days=2)
