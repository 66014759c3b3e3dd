"""A tariff with ceilings, and what the pure function says of what was billed."""

from collections import defaultdict
from datetime import date
from itertools import count
from typing import Any

from billing.models import Charge, Reduction
from catalog.domain.prices import parse_tariff
from catalog.domain.prices.caps import Counted, reduce_by_caps
from catalog.models import Tariff, TariffVersion
from foundation.periods import Period
from tests.billing.builders import NOW

_numbers = count(1)


def capped_version(*caps: dict[str, Any], tariff: Tariff | None = None) -> Any:
    """Return a published version with ceilings, of a tariff or of a new one."""
    number = next(_numbers)
    tariff = tariff or Tariff.objects.create(code=f"capped-{number}", name="Capped")
    rules = {
        "currency": "EUR",
        "unit": "meal",
        "rules": [{"code": "all", "method": "fixed", "amount": "4.00"}],
        "split": {"meal": "100"},
        "caps": list(caps),
    }
    parse_tariff(rules)
    return TariffVersion.objects.create(
        tariff=tariff,
        rules=rules,
        vote_number=f"V{number}",
        voted_on=date(2026, 6, 1),
        effective_from=date(2020, 1, 1),
        published_at=NOW,
    )


def a_cap(**changes: Any) -> dict[str, Any]:
    """Return a ceiling as a tariff writes it."""
    return {
        "code": "month",
        "label": "Monthly ceiling",
        "amount": "10.00",
        "period": "month",
        "per": "child",
    } | changes


def taken_in_the_books(invoices: list[int]) -> dict[tuple[int, int], tuple[int, ...]]:
    """Return what ceilings took off some invoices: line and rank, to its parts."""
    found = Reduction.objects.filter(kind="cap", charge__invoice__in=invoices)
    return {
        (_line_of(each, invoices), each.position): tuple(
            -each.charge.split[name] for name in ("care", "meal", "other")
        )
        for each in found.select_related("charge", "of")
    }


def taken_by_the_rules(
    fresh: list[int], before: list[int]
) -> dict[tuple[int, int], tuple[int, ...]]:
    """Return what the pure function takes off invoices, given those billed before."""
    capped = reduce_by_caps(_counted(fresh), _counted(before))
    return {(each.line, each.position): each.shares for each in capped}


def _line_of(reduction: Reduction, invoices: list[int]) -> int:
    """Return the line reduced: the price itself, or the line that gives it back."""
    if reduction.of.invoice_id in invoices:
        return reduction.of_id
    credit = Reduction.objects.get(kind="credit", of=reduction.of)
    return int(credit.charge_id)


def _counted(invoices: list[int]) -> list[Counted]:
    taken: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for each in Reduction.objects.filter(kind="cap", charge__invoice__in=invoices):
        reduced = _line_of(each, invoices)
        taken[reduced][each.position] = -Charge.objects.get(
            pk=each.charge_id
        ).amount_minor
    lines = Charge.objects.filter(invoice__in=invoices).exclude(
        reduction__kind__in=["cap", "aid"]
    )
    return [_line(each, taken[each.pk]) for each in lines]


def _line(charge: Charge, taken: dict[int, int]) -> Counted:
    base = charge.reduction.of if hasattr(charge, "reduction") else charge
    assert base.booking is not None
    version = base.booking.tariff_version
    session = base.booking.session
    period = session.period
    shares = [charge.split.get(name, 0) for name in ("care", "meal", "other")]
    return Counted(
        id=charge.pk,
        tariff=version.tariff_id,
        household=charge.household_id,
        child=base.child_id or 0,
        activity=session.activity.code,
        day=charge.day,
        shares=(shares[0], shares[1], shares[2]),
        caps=parse_tariff(version.rules).caps,
        calendar=Period(period.from_on, period.until_on) if period else None,
        taken=taken,
    )
