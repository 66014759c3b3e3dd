"""The lines of an invoice as people read them: by child, the same days together.

What a ceiling takes off, and what an aid pays, follow the prices they are about, each
in one row for all its days.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from billing.enums import ReductionKind
from billing.models import Charge, Invoice, Reduction
from tenants.domain.scope import Scope

#: What follows the prices of a child, in this order; prices have no kind.
KINDS = ("", "credit", "cap", "aid")


@dataclass(frozen=True, slots=True)
class Row:
    """One description for the same reasons, on some days.

    `amounts` has one amount for each day; `traces` say why, the same for all the days
    of a price, none for a charge that no tariff made.
    """

    description: str
    days: tuple[date, ...]
    amounts: tuple[int, ...]
    currency: str
    kind: str = ""
    traces: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether it is so many times a price: ceilings and aids are sums."""
        return self.kind not in {"cap", "aid"}

    @property
    def quantity(self) -> int:
        """How many times; what follows prices is counted as one."""
        return len(self.days) if self.is_counted else 1

    @property
    def unit_minor(self) -> int:
        """Each time."""
        return self.amount_minor if self.quantity == 1 else self.amounts[0]

    @property
    def amount_minor(self) -> int:
        """All of them together."""
        return sum(self.amounts)


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


def prices_of(invoice: Invoice, scope: Scope) -> QuerySet[Charge]:
    """Return the prices of an issued invoice by day, with `is_given_back` on each.

    Only those of a clerk's services and schools, as the rest of the file.
    """
    given = Reduction.objects.filter(kind=ReductionKind.CREDIT, of=OuterRef("pk"))
    return (
        Charge.objects.in_scope(scope)
        .filter(
            Q(booking__isnull=False) | Q(late_pickup__isnull=False),
            invoice=invoice,
            invoice__number__isnull=False,
            amount_minor__gt=0,
        )
        .annotate(is_given_back=Exists(given))
        .select_related("child")
        .order_by("day", "child__birth_date", "id")
    )


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

    The order of first appearance stays, prices first; the sum is that of the charges.
    """
    listed = list(charges)
    children: dict[int | None, dict[tuple[object, ...], list[Charge]]] = {
        charge.child_id: {} for charge in listed
    }
    for charge in sorted(listed, key=lambda each: KINDS.index(_kind_of(each))):
        children[charge.child_id].setdefault(_same_row(charge), []).append(charge)
    return [_section(rows) for rows in children.values()]


def _kind_of(charge: Charge) -> str:
    kind = charge.trace.get("kind", "")
    return kind if kind in KINDS else ""


def _same_row(charge: Charge) -> tuple[object, ...]:
    """Return what makes two charges read the same, days aside."""
    kind = _kind_of(charge)
    if kind in {"cap", "aid"}:
        about = [charge.trace.get(key) for key in ("code", "from", "per", "payer")]
        return kind, charge.description, charge.currency, *about
    steps = json.dumps(charge.trace.get("steps"), sort_keys=True)
    return kind, charge.description, charge.amount_minor, charge.currency, steps


def _section(rows: dict[tuple[object, ...], list[Charge]]) -> Section:
    first = next(iter(rows.values()))[0]
    child = str(first.child) if first.child is not None else ""
    return Section(child, tuple(map(_row, rows.values())), first.currency)


def _row(charges: list[Charge]) -> Row:
    first = charges[0]
    kind = _kind_of(first)
    traces = [each.trace for each in charges] if kind else [first.trace]
    return Row(
        first.description,
        tuple(charge.day for charge in charges),
        tuple(charge.amount_minor for charge in charges),
        first.currency,
        kind,
        tuple(each for each in traces if each),
    )
