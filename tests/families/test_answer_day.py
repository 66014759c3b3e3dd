"""The day by which the town promised to answer, as people say it."""

from datetime import UTC, date, datetime

from django.utils import timezone

from families.templatetags.changes import answer_day


def test_midnight_belongs_to_the_day_that_ends():
    with timezone.override("Europe/Paris"):
        last = answer_day(datetime(2026, 11, 24, 23, 0, tzinfo=UTC))
        in_office_hours = answer_day(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))

    assert last == in_office_hours == date(2026, 11, 24)
