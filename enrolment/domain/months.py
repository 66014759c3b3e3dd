"""A month before a child: the state of each day, and what ticking days changes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from catalog.domain.deadlines import is_in_time
from enrolment.domain.calendar import Calendar
from enrolment.domain.offers import Place, Taken
from enrolment.domain.refusals import SessionFull, SessionStarted, TooLate
from enrolment.domain.verdicts import Verdict
from foundation.periods import Period


class State(StrEnum):
    """What a day is; the names are those of the grid's style."""

    FREE = "free"
    BOOKED = "booked"
    HELD = "requested"
    FULL = "full"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    LATE = "late"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Cell:
    """One session of a day, or a day without any; `reason` is the town's own words."""

    day: date
    state: State
    place: Place | None = None
    verdict: Verdict | None = None
    reason: str = ""
    is_over: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the family can tick the day, or untick it."""
        return self.may_add or self.may_give_up

    @property
    def may_add(self) -> bool:
        """Whether the day can be booked."""
        return self.verdict is not None and self.verdict.may_book

    @property
    def may_give_up(self) -> bool:
        """Whether the day is booked by this household and has not begun."""
        own = self.own
        return own is not None and own.is_own and not own.is_held and not self.is_over

    @property
    def own(self) -> Taken | None:
        """What the child has there already."""
        return None if self.verdict is None else self.verdict.own


@dataclass(frozen=True, slots=True)
class Week:
    """A row of the month: its number, and the cells of each day."""

    number: int
    days: tuple[tuple[Cell, ...], ...]


def cells_of(
    month: Period,
    judged: Sequence[tuple[Place, Verdict]],
    calendar: Calendar,
    *,
    now: datetime,
) -> dict[date, tuple[Cell, ...]]:
    """Return the cells of each day of a month, in order."""
    by_day: dict[date, list[Cell]] = {}
    for place, verdict in judged:
        cell = Cell(
            place.starts_on,
            _state(verdict),
            place,
            verdict,
            is_over=not is_in_time(now, verdict.starts_at),
        )
        by_day.setdefault(place.starts_on, []).append(cell)
    return {
        day: tuple(by_day.get(day, ())) or (_without_session(day, calendar),)
        for day in month.days()
    }


def weeks_of(
    cells: Mapping[date, tuple[Cell, ...]], *, weekdays: Collection[int]
) -> list[Week]:
    """Lay the days out by week, keeping some weekdays; weeks without any are left."""
    rows: dict[tuple[int, int], dict[int, tuple[Cell, ...]]] = {}
    for day, of_day in cells.items():
        if day.weekday() in weekdays:
            year, number, _weekday = day.isocalendar()
            rows.setdefault((year, number), {})[day.weekday()] = of_day
    return [
        Week(number, tuple(row.get(day, ()) for day in sorted(weekdays)))
        for (_year, number), row in rows.items()
    ]


def weekdays_shown(offered: Iterable[int], places: Iterable[Place]) -> list[int]:
    """Return the weekdays worth a column: those offered, and those with a session."""
    shown = {*offered, *(place.starts_on.weekday() for place in places)}
    return sorted(shown) or [0, 1, 2, 3, 4]


@dataclass(frozen=True, slots=True)
class Difference:
    """What choices change in a month: cells to book, cells to give up."""

    added: tuple[Cell, ...]
    given_up: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not self.added and not self.given_up


def difference(cells: Iterable[Cell], ticked: Collection[UUID]) -> Difference:
    """Compare the ticked sessions with what is booked.

    A day that can no longer be unticked is never given up, one that is refused is
    never added: the page says why.
    """
    listed = [cell for cell in cells if cell.place is not None]
    return Difference(
        added=tuple(
            cell
            for cell in listed
            if cell.own is None and cell.place and cell.place.public_id in ticked
        ),
        given_up=tuple(
            cell
            for cell in listed
            if cell.may_give_up and cell.place and cell.place.public_id not in ticked
        ),
    )


def _state(verdict: Verdict) -> State:
    if verdict.own is not None:
        is_in_basket = verdict.own.is_held and verdict.own.is_own
        return State.HELD if is_in_basket else State.BOOKED
    codes = {refusal.code for refusal in verdict.refusals}
    if codes & {SessionStarted.code, TooLate.code}:
        return State.LATE
    if codes == {SessionFull.code}:
        return State.FULL
    if codes:
        return State.CLOSED
    return State.LATE if verdict.is_late else State.FREE


def _without_session(day: date, calendar: Calendar) -> Cell:
    closing = calendar.closing_on(day)
    if closing is not None:
        return Cell(day, State.CLOSED, reason=closing)
    holiday = calendar.holiday_on(day)
    if holiday is not None:
        return Cell(day, State.HOLIDAY, reason=holiday)
    return Cell(day, State.CLOSED)
