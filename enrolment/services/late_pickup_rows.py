"""Late pick-ups as people read them: the hour, the price, why, and on which invoice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from catalog.domain.prices import Trace
from catalog.models import Activity
from catalog.queries.published import find_version
from catalog.services.price_wording import explain_price
from enrolment.models import Booking, LatePickup
from enrolment.queries.late_pickups import written_on
from enrolment.services.late_pickups import billed_on
from enrolment.services.pricing import prices_late_pickups
from foundation.money import Money


@dataclass(frozen=True, slots=True)
class LateRow:
    """One late pick-up; `invoice` is the number of the invoice that holds it."""

    row: LatePickup
    invoice: str = ""

    @property
    def price(self) -> Money:
        """What it costs."""
        return Money(self.row.price_minor, self.row.currency)

    @property
    def why(self) -> list[str]:
        """How the price was made, sentence by sentence."""
        trace = self.row.trace
        return explain_price(Trace.from_data(trace)) if trace else []


@dataclass(frozen=True, slots=True)
class LateDay:
    """The late pick-ups of a day list, by booking; `is_priced` lets more be written."""

    is_priced: bool = False
    rows: Mapping[int, LateRow] = field(default_factory=dict)


def late_day(
    activity: Activity | None, day: date, bookings: Sequence[Booking]
) -> LateDay:
    """Return what was written on a day, and whether its tariff prices more.

    The number of queries does not depend on how many children are listed.
    """
    if activity is None or not bookings:
        return LateDay()
    version = find_version(activity, on=day)
    written = written_on(bookings, day)
    billed = billed_on(written)
    return LateDay(
        version is not None and prices_late_pickups(version.rules),
        {each.booking_id: LateRow(each, billed.get(each.pk, "")) for each in written},
    )
