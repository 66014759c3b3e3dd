"""Write amounts, days and sentences in the town's language, wherever we are.

Jobs run without a request: nothing around them says which language to speak.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext

from foundation.money import Money, format_money
from tenants.queries import current_town


@contextmanager
def town_language() -> Iterator[str]:
    """Speak the current town's language and keep its hours; yield the locale."""
    town = current_town()
    with translation.override(town.locale), timezone.override(town.time_zone):
        yield str(town.locale)


def in_town_words(source: str) -> str:
    """Translate a marked sentence into the current town's language."""
    with town_language():
        return gettext(source)


def amount_words(minor: int, currency: str) -> str:
    """Write minor units for people, in the active language."""
    return format_money(Money(minor, currency), get_language() or "en")


def day_words(day: date | None) -> str:
    """Write a day in full words: 30 November 2026."""
    return "" if day is None else format_date(day, "long", locale=babel_locale())


def month_words(day: date) -> str:
    """Write a month and its year."""
    return format_date(day, "LLLL y", locale=babel_locale())


def moment_words(moment: datetime) -> str:
    """Write an instant in the town's own time."""
    local = moment.astimezone(ZoneInfo(current_town().time_zone))
    return format_datetime(local, "long", locale=babel_locale())


def babel_locale() -> Locale:
    """Return Babel's name of the active language."""
    return Locale.parse((get_language() or "en").replace("-", "_"))
