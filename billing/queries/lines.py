"""The lines of an invoice as people read them: by child, the same days together."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from billing.models import Charge, Invoice
from catalog.domain.prices import Trace


@dataclass(frozen=True, slots=True)
class Row:
    """One description at one price for the same reasons, on some days.

    `trace` is None for a charge that no tariff made.
    """

    description: str
    days: tuple[date, ...]
    unit_minor: int
    currency: str
    trace: Trace | None

    @property
    def quantity(self) -> int:
        """How many times."""
        return len(self.days)

    @property
    def amount_minor(self) -> int:
        """All of them together."""
        return self.unit_minor * len(self.days)


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one child; without a name, what concerns the whole household."""

    child: str
    rows: tuple[Row, ...]
    currency: str

    @property
    def total_minor(self) -> int:
        """What the child's rows come to."""
        return sum(row.amount_minor for row in self.rows)


def sections_of(invoice: Invoice) -> list[Section]:
    """Return the lines of an invoice by child, in one query."""
    charges = (
        Charge.objects.filter(invoice=invoice)
        .select_related("child")
        .order_by("child__birth_date", "child_id", "day", "id")
    )
    return group_lines(charges)


def group_lines(charges: Iterable[Charge]) -> list[Section]:
    """Put charges of one child, text, price and reasons on one row.

    The order of first appearance stays; the sum is that of the charges.
    """
    children: dict[int | None, dict[tuple[object, ...], list[Charge]]] = {}
    for charge in charges:
        rows = children.setdefault(charge.child_id, {})
        rows.setdefault(_kind_of(charge), []).append(charge)
    return [_section(rows) for rows in children.values()]


def _kind_of(charge: Charge) -> tuple[object, ...]:
    """Return what makes two charges read the same, days aside."""
    steps = json.dumps(charge.trace.get("steps"), sort_keys=True)
    return charge.description, charge.amount_minor, charge.currency, steps


def _section(rows: dict[tuple[object, ...], list[Charge]]) -> Section:
    first = next(iter(rows.values()))[0]
    child = str(first.child) if first.child is not None else ""
    return Section(child, tuple(map(_row, rows.values())), first.currency)


def _row(charges: list[Charge]) -> Row:
    first = charges[0]
    return Row(
        first.description,
        tuple(charge.day for charge in charges),
        first.amount_minor,
        first.currency,
        Trace.from_data(first.trace) if first.trace else None,
    )
