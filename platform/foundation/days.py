"""Write days as people say them: every date that somebody reads passes here.

Django's and Babel's formats know the words of a language, not how it counts its days.
French says "1er décembre", and "2 décembre" from there on.
"""

import re
from collections.abc import Callable
from datetime import date, datetime

from babel import Locale, dates
from django.utils import formats
from django.utils.translation import get_language

#: How the months begin, in full and in short.
MONTHS = r"jan|fév|mar|avr|mai|jui|jul|aoû|sep|oct|nov|déc"
#: The first of a month before its name, or before the last day of a range.
FIRST = re.compile(
    rf"(?<![\d/.,-])1(?=[ \u00a0\u202f](?:{MONTHS})|\u2013\d)", re.IGNORECASE
)


def date_format(value: date | datetime, style: str | None = None) -> str:
    """Write a day by one of Django's formats, in the active language."""
    return in_words(formats.date_format(value, style), get_language() or "en")


def format_date(day: date | datetime, style: str, *, locale: Locale | str) -> str:
    """Write a day by one of Babel's styles or patterns."""
    return in_words(dates.format_date(day, style, locale=locale), str(locale))


def format_interval(
    first: date, last: date, skeleton: str, *, locale: Locale | str
) -> str:
    """Write two days, both included, without repeating their month or year."""
    said = dates.format_interval(first, last, skeleton, locale=locale)
    return in_words(said, str(locale))


def short_day(day: date) -> str:
    """Write a day with its weekday, in short, in the active language."""
    language = (get_language() or "en").replace("-", "_")
    return format_date(day, "EEE d MMM y", locale=Locale.parse(language))


def in_words(said: str, language: str) -> str:
    """Count the days of a written date as `language` does."""
    count = COUNTS.get(language[:2].lower())
    return count(said) if count else said


def _in_french(said: str) -> str:
    return FIRST.sub("1er", said)


COUNTS: dict[str, Callable[[str], str]] = {"fr": _in_french}
