"""What third parties owe: the lines of aids of a month, payer by payer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum
from django.utils.formats import number_format

from billing.models import AidGrant, AidKind, Charge, Reduction
from families.models import Household
from foundation.money import Money
from foundation.periods import month_of
from tenants.domain.scope import Scope


@dataclass(frozen=True, slots=True)
class PayerTotal:
    """What one payer owes for a month, in minor units."""

    payer: str
    families: int
    lines: int
    minor: int


def aid_lines(*, month: date, scope: Scope, payer: str = "") -> QuerySet[Reduction]:
    """Return the lines of aids in scope on the invoices issued in a month."""
    period = month_of(month)
    found = Reduction.objects.filter(
        kind="aid",
        charge__invoice__issued_on__gte=period.start,
        charge__invoice__issued_on__lt=period.until,
    )
    if not scope.is_everything:
        found = found.filter(charge__in=Charge.objects.in_scope(scope))
    if payer:
        found = found.filter(grant__kind__payer=payer)
    return found.select_related(
        "charge__invoice", "charge__child", "charge__household", "grant__kind"
    ).order_by("grant__kind__payer", "charge__household__file_number", "charge_id")


def payer_totals(*, month: date, scope: Scope) -> list[PayerTotal]:
    """Return what each payer owes for the invoices of a month: one query."""
    rows = (
        aid_lines(month=month, scope=scope)
        .order_by()
        .values("grant__kind__payer")
        .annotate(
            families=Count("charge__household", distinct=True),
            lines=Count("charge_id"),
            minor=Sum("charge__amount_minor"),
        )
        .order_by("grant__kind__payer")
    )
    return [
        PayerTotal(
            each["grant__kind__payer"], each["families"], each["lines"], -each["minor"]
        )
        for each in rows
    ]


def statement_rows(lines: Iterable[Reduction]) -> Iterable[list[str]]:
    """Return what the payer checks, one row for each line; amounts in major units."""
    for each in lines:
        charge = each.charge
        assert each.grant is not None  # noqa: S101 - a line of an aid names it.
        yield [
            each.grant.kind.payer,
            each.grant.kind.name,
            each.grant.reference,
            charge.household.file_number,
            str(charge.child or ""),
            charge.day.isoformat(),
            str(charge.trace.get("units", "")),
            number_format(Money(-charge.amount_minor, charge.currency).decimal, 2),
            charge.currency,
            (charge.invoice.reference or "") if charge.invoice else "",
        ]


def grants_of(household: Household, scope: Scope) -> QuerySet[AidGrant]:
    """Return the aids of a household that a clerk sees, latest first."""
    found = AidGrant.objects.in_scope(scope).filter(household=household)
    return found.select_related("kind", "child", "proof__proof_type").order_by(
        "-from_on", "-id"
    )


def kinds_in_scope(scope: Scope, *, on: date) -> QuerySet[AidKind]:
    """Return the kinds that a clerk may grant; aids are of the whole town."""
    return (
        AidKind.objects.open(on=on) if scope.schools is None else AidKind.objects.none()
    )
