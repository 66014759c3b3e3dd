"""The filter `date` of every template: Django's own, with the days counted well."""

from datetime import date as Day, datetime, time  # noqa: N812 - the filter is `date`.
from typing import cast

from django import template
from django.template.defaultfilters import date as django_date
from django.utils.translation import get_language

from foundation.days import in_words

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Day | datetime | time | str | None, style: str | None = None) -> str:
    """Write a day by one of Django's formats; nothing for no day."""
    # An hour alone is written too, though the types of Django do not say it.
    shown = django_date(cast("datetime", value), style)
    return in_words(str(shown), get_language() or "en")
