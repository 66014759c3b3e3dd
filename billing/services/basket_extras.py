"""What the invoices of a basket take off its prices, then add to them."""

from collections.abc import Sequence

from billing.queries.basket_ceilings import ceilings_of_basket
from billing.queries.basket_taxes import taxes_of_basket
from billing.services.line_wording import percent_words
from enrolment.domain.basket_extras import Extra
from enrolment.models import Booking
from foundation.money import Money


def extras_of_basket(bookings: Sequence[Booking]) -> list[Extra]:
    """Return the ceilings of what is paid at once, then its taxes."""
    taken = ceilings_of_basket(bookings)
    ceilings = [
        Extra(label, Money(-minor, bookings[0].currency))
        for label, minor in taken.by_label.items()
    ]
    taxes = [
        Extra(f"{label} {percent_words(rate)}", amount)
        for label, rate, amount in taxes_of_basket(bookings, taken.by_booking)
    ]
    return [*ceilings, *taxes]
