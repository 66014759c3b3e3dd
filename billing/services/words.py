"""Write amounts, months and sentences in the town's language, wherever we are."""

from datetime import date

from django.utils.translation import get_language, gettext

from families.services.words import (
    babel_locale,
    day_words,
    moment_words,
    town_language,
)
from foundation.days import format_date
from foundation.money import Money, format_money

__all__ = [
    "amount_words",
    "babel_locale",
    "day_words",
    "in_town_words",
    "moment_words",
    "month_words",
    "town_language",
]


def in_town_words(source: str) -> str:
    """Translate a marked sentence into the current town's language."""
    with town_language():
        return gettext(source)


def amount_words(minor: int, currency: str) -> str:
    """Write minor units for people, in the active language."""
    return format_money(Money(minor, currency), get_language() or "en")


def month_words(day: date) -> str:
    """Write a month and its year."""
    return format_date(day, "LLLL y", locale=babel_locale())
