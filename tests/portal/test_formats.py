"""Hours as people of each place write them."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import override


def test_an_afternoon_in_quebec_is_written_with_an_h():
    at = datetime(2026, 11, 21, 14, 5)  # noqa: DTZ001 - an hour on a wall clock.

    with override("fr-ca"):
        written = [
            date_format(at, name)
            for name in ("TIME_FORMAT", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")
        ]

    assert [each.replace("\xa0", " ") for each in written] == [
        "14 h 05",
        "21 novembre 2026, 14 h 05",
        "2026-11-21 14 h 05",
    ]
