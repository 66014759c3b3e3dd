"""Read a month for one child, and work out what choices change."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from catalog.models import Activity, Session
from enrolment.domain.facts import ChildFacts
from enrolment.domain.months import (
    Cell,
    Difference,
    cells_of,
    weekdays_shown,
    weeks_of,
)
from enrolment.domain.offers import Wish
from enrolment.domain.refusals import NoAccess
from enrolment.queries.planning import Plan, plan_of
from enrolment.services.month_wording import (
    DayWords,
    price_of,
    short_weekdays,
    word_day,
)
from enrolment.services.pricing import Answer, quote_each
from families.models import Household
from foundation.money import Money
from foundation.periods import Period


@dataclass(frozen=True, slots=True)
class WeekWords:
    """A row of the grid."""

    number: int
    days: list[list[DayWords]]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month of one activity before one child."""

    plan: Plan
    child: ChildFacts
    month: Period
    cells: dict[date, tuple[Cell, ...]]
    answers: dict[int, Answer]

    @property
    def all_cells(self) -> list[Cell]:
        """Every cell, in order."""
        return [cell for of_day in self.cells.values() for cell in of_day]

    @property
    def weekdays(self) -> list[int]:
        """The weekdays that have a column, Monday being 0."""
        return weekdays_shown(self.plan.offer.weekdays, self.plan.places)

    @property
    def booked(self) -> set[UUID]:
        """The sessions the child is booked in."""
        return {
            cell.place.public_id
            for cell in self.all_cells
            if cell.place and cell.own and not cell.own.is_held
        }

    @property
    def weekday_names(self) -> list[str]:
        """The names of the columns."""
        return short_weekdays(self.weekdays)

    @property
    def needs_access(self) -> bool:
        """Whether days are shut only because the child is not accepted yet."""
        reasons = [
            {refusal.code for refusal in cell.verdict.refusals}
            for cell in self.all_cells
            if cell.verdict
        ]
        return any(codes == {NoAccess.code} for codes in reasons)

    @property
    def can_give_up(self) -> bool:
        """Whether a day of the month can be cancelled."""
        return any(cell.may_give_up for cell in self.all_cells)

    def weeks(self, ticked: Collection[UUID]) -> list[WeekWords]:
        """Return the rows of the grid, in words."""
        rows = weeks_of(self.cells, weekdays=self.weekdays)
        return [
            WeekWords(row.number, [self._words(day, ticked) for day in row.days])
            for row in rows
        ]

    def price_of(self, cell: Cell) -> Money | None:
        """Return what a cell costs, or cost when it was booked."""
        answer = self.answers.get(cell.place.id) if cell.place else None
        return price_of(cell, answer)

    def word(self, cell: Cell, ticked: Collection[UUID]) -> DayWords:
        """Write one cell."""
        answer = self.answers.get(cell.place.id) if cell.place else None
        return word_day(cell, answer, ticked)

    def _words(self, cells: Iterable[Cell], ticked: Collection[UUID]) -> list[DayWords]:
        return [self.word(cell, ticked) for cell in cells]


def read_month(
    household: Household,
    activity: Activity,
    child_id: UUID,
    days: Period,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> MonthPage | None:
    """Return the page of a child of the household, None for any other child.

    `days` is a month, or a longer period for a rhythm.
    """
    sessions = Session.objects.filter(
        starts_on__gte=days.start, starts_on__lt=days.until
    )
    plan = plan_of(household, activity, sessions, now=now, zone=zone, days=days)
    child = plan.facts.find_child(child_id)
    if child is None:
        return None
    judged = [(place, plan.judge(place, child.id)) for place in plan.places]
    wishes = [
        Wish(place, child.id, verdict.is_late)
        for place, verdict in judged
        if verdict.own is None
    ]
    prices = quote_each(plan, wishes)
    answers = {
        wish.place.id: answer for wish, answer in zip(wishes, prices, strict=True)
    }
    cells = cells_of(days, judged, plan.calendar, now=now)
    return MonthPage(plan, child, days, cells, answers)


def cost_of(page: MonthPage, changes: Difference, currency: str) -> Money:
    """Return what the changes cost: places added, less those given up in time."""
    total = Money.zero(currency)
    for cell in changes.added:
        total += page.price_of(cell) or Money.zero(currency)
    for cell in changes.given_up:
        if cell.verdict and not cell.verdict.is_late_to_cancel:
            total -= page.price_of(cell) or Money.zero(currency)
    return total
