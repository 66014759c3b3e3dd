"""Work out what a family's choices change, before anything is written."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from enrolment.domain.months import Difference, State, difference
from enrolment.services.month_page import MonthPage, cost_of
from enrolment.services.month_wording import DayWords
from enrolment.services.refused_lines import RefusedLine, refused_line
from foundation.money import Money


@dataclass(frozen=True, slots=True)
class Check:
    """The days added and given up, and those that cannot be had."""

    page: MonthPage
    changes: Difference
    ticked: frozenset[UUID]
    added: list[DayWords]
    given_up: list[DayWords]
    refused_lines: list[RefusedLine]

    @property
    def late_to_cancel(self) -> int:
        """How many of the days given up are still to be paid."""
        return sum(
            bool(cell.verdict and cell.verdict.is_late_to_cancel)
            for cell in self.changes.given_up
        )

    def cost(self, currency: str) -> Money:
        """Return what the changes cost."""
        return cost_of(self.page, self.changes, currency)


def check_month(
    page: MonthPage, ticked: Collection[UUID], *, add_only: bool = False
) -> Check:
    """Compare the ticked days of a month with what is booked.

    With `add_only`, days come from another child: what is booked stays.
    """
    changes = difference(page.all_cells, ticked)
    given_up = () if add_only else changes.given_up
    return _checked(page, Difference(changes.added, given_up), ticked)


def check_rhythm(page: MonthPage, weekdays: Collection[int]) -> Check:
    """Choose given weekdays over the days of the page; nothing is given up.

    Days that are over, or closed to bookings, are passed over in silence: nobody
    asked for them by name. Full ones are told.
    """
    wanted = [
        cell
        for cell in page.all_cells
        if cell.place is not None
        and cell.day.weekday() in weekdays
        and (cell.own is not None or cell.may_add or cell.state == State.FULL)
    ]
    ticked = {cell.place.public_id for cell in wanted if cell.place} | page.booked
    return _checked(page, difference(page.all_cells, ticked), ticked)


def _checked(page: MonthPage, changes: Difference, ticked: Collection[UUID]) -> Check:
    added = tuple(cell for cell in changes.added if cell.may_add)
    name = page.child.first_name
    return Check(
        page,
        Difference(added, changes.given_up),
        frozenset(ticked),
        added=[page.word(cell, ()) for cell in added],
        given_up=[page.word(cell, ()) for cell in changes.given_up],
        refused_lines=[
            refused_line(cell.place, name, cell.verdict.refusals)
            for cell in changes.added
            if not cell.may_add and cell.place and cell.verdict
        ],
    )
