"""The yearly review: from a day of the year, families say that their file is right."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Season:
    """One year's review: named by the year in which it opened, on a day."""

    year: int
    opened_on: date


def season_on(today: date, *, month: int | None, day: int | None) -> Season | None:
    """Return the review that is open on a day; None where the town asks for none.

    It opens once a year and stays open until the next one: a family that comes late
    still certifies the season that was asked for.
    """
    if month is None or day is None:
        return None
    opened = date(today.year, month, day)
    if opened > today:
        opened = date(today.year - 1, month, day)
    return Season(opened.year, opened)
