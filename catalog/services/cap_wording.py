"""The ceilings of a tariff in words: for families before they book, and for staff."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy

from catalog.domain.prices import Tariff
from catalog.domain.prices.cap_checks import ceilings_under_prices
from foundation.money import Money, format_money

_MOST: Mapping[tuple[str, str], Promise] = {
    ("day", "child"): gettext_lazy("at most %(most)s a day for each child."),
    ("week", "child"): gettext_lazy("at most %(most)s a week for each child."),
    ("month", "child"): gettext_lazy("at most %(most)s a month for each child."),
    ("calendar_period", "child"): gettext_lazy(
        "at most %(most)s for each child over the holidays or the season."
    ),
    ("school_year", "child"): gettext_lazy(
        "at most %(most)s a school year for each child."
    ),
    ("day", "household"): gettext_lazy("at most %(most)s a day for the family."),
    ("week", "household"): gettext_lazy("at most %(most)s a week for the family."),
    ("month", "household"): gettext_lazy("at most %(most)s a month for the family."),
    ("calendar_period", "household"): gettext_lazy(
        "at most %(most)s for the family over the holidays or the season."
    ),
    ("school_year", "household"): gettext_lazy(
        "at most %(most)s a school year for the family."
    ),
}


def say_ceilings(tariff: Tariff) -> list[str]:
    """Return one sentence for each ceiling, with the name it has on invoices."""
    return [
        _("%(reason)s: %(change)s")
        % {
            "reason": cap.label,
            "change": str(_MOST[cap.period, cap.per])
            % {"most": _money(cap.minor, tariff.currency)},
        }
        for cap in tariff.caps
    ]


def ceiling_warnings(tariff: Tariff) -> list[str]:
    """Return what a clerk should look at before the ceilings are voted."""
    return [
        _("“%(label)s” is under the lowest price: it replaces the price list.")
        % {"label": cap.label}
        for cap in ceilings_under_prices(tariff)
    ]


def _money(minor: int, currency: str) -> str:
    return format_money(Money(minor, currency), get_language() or "en")
