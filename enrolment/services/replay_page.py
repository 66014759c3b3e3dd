"""What a trial on the past shows: the same rows on the page and in the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _, ngettext

from catalog.domain.prices import fingerprint
from enrolment.models import TariffReplay
from families.enums import Residence
from foundation.money import Money
from foundation.spreadsheets import Cell


@dataclass(frozen=True, slots=True)
class Row:
    """A group of households in words; amounts are Money."""

    name: str
    households: int
    less: int
    same: int
    more: int
    before: Money
    after: Money
    change: Money
    most: Money


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that together make the whole."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A trial that is done. `is_old`: the version was changed since."""

    total: Row
    tables: tuple[Table, ...]
    unpriced: int
    unpriced_amount: Money
    reasons: Mapping[str, int]
    is_old: bool


def shown(replay: TariffReplay) -> Shown | None:
    """Return what to show of a trial, None while the worker is at it."""
    result = replay.result
    if result is None:
        return None
    currency = result["currency"]
    return Shown(
        total=_row(_("In all"), result["total"], currency),
        tables=tuple(_tables(result, currency)),
        unpriced=result["unpriced"],
        unpriced_amount=Money(result["unpriced_minor"], currency),
        reasons=result["reasons"],
        is_old=replay.rules_hash != fingerprint(replay.version.rules),
    )


def lines_of(page: Shown) -> Iterator[list[Cell]]:
    """Return the lines of the file: headings, then one line for each group."""
    yield [
        _("Households by"),
        _("Group"),
        _("Households"),
        _("Pay less"),
        _("Pay the same"),
        _("Pay more"),
        _("Charged"),
        _("With this tariff"),
        _("Difference"),
        _("Greatest rise"),
    ]
    yield _line("", page.total)
    for table in page.tables:
        for row in table.rows:
            yield _line(table.title, row)


def _line(title: str, row: Row) -> list[Cell]:
    amounts = (row.before, row.after, row.change, row.most)
    counts = (row.households, row.less, row.same, row.more)
    return [title, row.name, *counts, *(each.decimal for each in amounts)]


def _tables(result: Mapping[str, Any], currency: str) -> Iterator[Table]:
    words = {
        "quotients": (_("Family quotient"), _quotient_words),
        "residences": (_("Residence"), _residence_words),
        "children": (_("Children who came"), _children_words),
        "guardians": (_("Adults of the household"), _guardian_words),
    }
    for key, (title, name_of) in words.items():
        rows = (_row(name_of(group), group, currency) for group in result[key])
        yield Table(title, tuple(rows))


def _row(name: str, group: Mapping[str, Any], currency: str) -> Row:
    before, after = group["before"], group["after"]
    return Row(
        name=name,
        households=group["households"],
        less=group["less"],
        same=group["households"] - group["less"] - group["more"],
        more=group["more"],
        before=Money(before, currency),
        after=Money(after, currency),
        change=Money(after - before, currency),
        most=Money(group["most"], currency),
    )


def _quotient_words(group: Mapping[str, Any]) -> str:
    if not group["first"]:
        return _("Quotient not known")
    first, last = (_number(group[bound]) for bound in ("first", "last"))
    if first == last:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _number(text: str) -> str:
    """Write a quotient as people do: no decimals where there are none."""
    return number_format(Decimal(text).normalize() + 0, use_l10n=True)


def _residence_words(group: Mapping[str, Any]) -> str:
    known = dict(Residence.choices)
    return str(known.get(group["key"], _("Residence not known")))


def _children_words(group: Mapping[str, Any]) -> str:
    count = int(group["key"])
    if count < 3:
        return ngettext("%(count)s child", "%(count)s children", count) % {
            "count": count
        }
    return _("Three children or more")


def _guardian_words(group: Mapping[str, Any]) -> str:
    return _("One adult") if group["key"] == "one" else _("Two adults or more")
