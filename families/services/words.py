"""Write days and sentences in the town's language, wherever we are.

Jobs run without a request: nothing around them says which language to speak.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_time
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext as _, ngettext

from families.domain.children import age_on, months_on
from families.models import Child
from foundation.days import date_format, format_date
from tenants.queries import current_town

#: Parents count in months until then.
YEARS_IN_MONTHS = 2


@contextmanager
def town_language() -> Iterator[str]:
    """Speak the current town's language and keep its hours; yield the locale."""
    town = current_town()
    with translation.override(town.locale), timezone.override(town.time_zone):
        yield str(town.locale)


def age_words(born_on: date, today: date) -> str:
    """Write an age: in months until the second birthday, then in years."""
    years = age_on(born_on, today)
    if years < YEARS_IN_MONTHS:
        months = months_on(born_on, today)
        return ngettext("%(months)s month", "%(months)s months", months) % {
            "months": months
        }
    return ngettext("%(age)s year old", "%(age)s years old", years) % {"age": years}


def age_of(child: Child, today: date) -> str:
    """Write the age of a child; of one to be born, when it is expected."""
    if child.is_expected:
        day = date_format(child.birth_date, "DATE_FORMAT")
        return _("expected on %(day)s") % {"day": day}
    return age_words(child.birth_date, today)


def birth_of(child: Child) -> str:
    """Write when a child was born, or when it is expected, as a line of its own."""
    day = day_words(child.birth_date)
    if child.is_expected:
        return _("Expected on %(day)s") % {"day": day}
    return _("Born on %(day)s") % {"day": day}


def day_words(day: date | None) -> str:
    """Write a day in full words: 30 November 2026."""
    return "" if day is None else format_date(day, "long", locale=babel_locale())


def month_words(day: date) -> str:
    """Write the month of a day: November 2026."""
    return format_date(day, "LLLL y", locale=babel_locale())


def moment_words(moment: datetime) -> str:
    """Write an instant in the town's own time."""
    local, locale = town_time(moment), babel_locale()
    day = format_date(local, "long", locale=locale)
    return f"{day}, {format_time(local, 'short', locale=locale)}"


def town_time(moment: datetime) -> datetime:
    """Return an instant on the clocks of the town."""
    return moment.astimezone(ZoneInfo(current_town().time_zone))


def babel_locale() -> Locale:
    """Return Babel's name of the active language."""
    return Locale.parse((get_language() or "en").replace("-", "_"))
