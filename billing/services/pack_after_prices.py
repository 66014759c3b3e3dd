"""Write and tell the taxes of régies and the kinds of aid of a pack."""

from decimal import Decimal
from typing import Any

from billing.domain.pack import REGIES, RegieFacts
from billing.domain.pack_after_prices import AID_KINDS, PackAid, PackTax
from billing.models import AidKind, Regie
from billing.services.tax_rules import (
    RuleFacts,
    TaxFacts,
    categories,
    tax_facts,
    write_taxes_of,
)
from catalog.models import Activity, Service
from foundation.money import Money
from tenants.domain.pack_writing import without_blanks
from tenants.domain.packs import Pack
from tenants.queries import current_town

_USUAL = {"half_day_hours": 5, "ceiling_period": "grant"}


def put_after_prices(*, pack: Pack) -> None:
    """Write the taxes of the régies, then the kinds of aid.

    A kind that exists becomes what the pack says; none is deleted.
    """
    for facts in pack.get(REGIES):
        if facts.taxes:
            _put_taxes(facts)
    aids = pack.get(AID_KINDS)
    for position, aid in enumerate(aids):
        _put_aid(aid, position)


def taxes_of_pack(regie: Regie) -> dict[str, Any]:
    """Return `taxes` and `taxed` of a régie, left out where there are none."""
    facts = tax_facts(regie)
    return without_blanks(
        {key: [without_blanks(each) for each in rows] for key, rows in facts.items()}
    )


def aid_kinds_facts() -> dict[str, Any]:
    """Return the kinds of aid of a pack as plain data."""
    rows = AidKind.objects.order_by("position", "code")
    found = rows.prefetch_related("services", "activities")
    return without_blanks({"aid_kinds": [_aid(each) for each in found]})


def _put_taxes(facts: RegieFacts) -> None:
    services = {each.code: each for each in Service.objects.all()}
    activities = {each.code: each for each in Activity.objects.all()}
    words = categories()
    write_taxes_of(
        regie=Regie.objects.get(code=facts.code),
        taxes=[_tax(each) for each in facts.taxes],
        rules=[
            RuleFacts(
                services[each.service],
                activities[each.activity] if each.activity else None,
                words[each.category],
                each.reason,
            )
            for each in facts.taxed
        ],
        actor=None,
    )


def _tax(facts: PackTax) -> TaxFacts:
    return TaxFacts(
        facts.code,
        facts.label,
        facts.rate,
        facts.registration,
        facts.from_on,
        facts.until_on,
    )


def _put_aid(facts: PackAid, position: int) -> None:
    names = ("name", "payer", "method", "percent", "half_day_hours")
    spans = ("quotient_from", "quotient_until", "from_on", "until_on")
    ceilings = ("ceiling_units", "ceiling_period")
    known = {name: getattr(facts, name) for name in (*names, *spans, *ceilings)}
    kind, _made = AidKind.objects.update_or_create(
        code=facts.code,
        defaults={
            **known,
            "amount_minor": _minor(facts.amount),
            "ceiling_minor": _minor(facts.ceiling),
            "position": position,
        },
    )
    kind.services.set(Service.objects.filter(code__in=facts.services))
    kind.activities.set(Activity.objects.filter(code__in=facts.activities))


def _aid(row: AidKind) -> dict[str, Any]:
    facts = {
        "code": row.code,
        "name": row.name,
        "payer": row.payer,
        "method": row.method,
        "amount": _major(row.amount_minor),
        "percent": _number(row.percent),
        "half_day_hours": row.half_day_hours,
        "quotient_from": _number(row.quotient_from),
        "quotient_until": _number(row.quotient_until),
        "services": sorted(each.code for each in row.services.all()),
        "activities": sorted(each.code for each in row.activities.all()),
        "from": row.from_on,
        "until": row.until_on,
        "ceiling": _major(row.ceiling_minor),
        "ceiling_units": row.ceiling_units,
        "ceiling_period": row.ceiling_period,
    }
    return without_blanks(facts, _USUAL)


def _minor(amount: Decimal | None) -> int | None:
    if amount is None:
        return None
    return Money.from_decimal(amount, current_town().currency).minor


def _major(minor: int | None) -> str | None:
    if minor is None:
        return None
    return str(Money(minor, current_town().currency).decimal)


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
