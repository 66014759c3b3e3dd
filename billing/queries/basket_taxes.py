"""The taxes that the invoices of a basket will bear, worked out before it is paid."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from billing.domain.invoices import InvoiceLine, Tax, TaxCategory, totals_of
from billing.models import RegieTax, TaxRule
from billing.queries.basket_ceilings import paid_at_once
from enrolment.models import Booking
from foundation.money import Money


def taxes_of_basket(
    bookings: Iterable[Booking], taken: Mapping[int, int]
) -> list[tuple[str, Decimal, Money]]:
    """Return the name, rate and amount of each tax on what is paid at once.

    `taken` is what ceilings take off each place, by its identifier: taxes bear on
    what is left. One invoice for each régie, each tax rounded once on each. One query
    in towns without taxes, two in others.
    """
    paid_now = paid_at_once(bookings)
    taxes = list(RegieTax.objects.order_by("regie_id", "id")) if paid_now else []
    if not taxes:
        return []
    lines: defaultdict[int, list[InvoiceLine]] = defaultdict(list)
    for regie, booking in _taxed(paid_now):
        borne = tuple(
            _tax(each)
            for each in taxes
            if each.regie_id == regie and _holds(each, booking)
        )
        if borne:
            lines[regie].append(_line(booking, borne, taken.get(booking.pk, 0)))
    names = {_tax(each): each.label for each in taxes}
    return [
        (names[part.tax], part.tax.rate, Money(part.amount, listed[0].currency))
        for listed in lines.values()
        for part in totals_of(listed, currency=listed[0].currency).taxes
    ]


def _taxed(bookings: Sequence[Booking]) -> list[tuple[int, Booking]]:
    """Return the bookings that bear taxes, with their régie."""
    services = {each.session.activity.service_id for each in bookings}
    rules = {
        (each.regie_id, each.service_id, each.activity_id): each.category
        for each in TaxRule.objects.filter(service__in=services)
    }
    found = []
    for booking in bookings:
        activity = booking.session.activity
        for regie in {key[0] for key in rules if key[1] == activity.service_id}:
            own = rules.get((regie, activity.service_id, activity.pk))
            general = rules.get((regie, activity.service_id, None))
            if (own or general) == TaxCategory.STANDARD:
                found.append((regie, booking))
    return found


def _holds(tax: RegieTax, booking: Booking) -> bool:
    day = booking.session.starts_on
    return tax.from_on <= day and (tax.until_on is None or day < tax.until_on)


def _tax(row: RegieTax) -> Tax:
    return Tax(f"{row.regie_id}-{row.code}", row.rate)


def _line(booking: Booking, taxes: tuple[Tax, ...], taken: int) -> InvoiceLine:
    return InvoiceLine(
        description="",
        quantity=Decimal(1),
        unit="",
        unit_price=Money(booking.price_minor - taken, booking.currency).decimal,
        currency=booking.currency,
        revenue_code="",
        category=TaxCategory.STANDARD,
        taxes=taxes,
    )
