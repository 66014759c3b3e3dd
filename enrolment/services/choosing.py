"""Sort wishes: those to take, with their price, and those refused, with the reasons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import uuid4

from catalog.domain.refusals import Refusal
from enrolment.domain.offers import Place, Taken, Wish
from enrolment.domain.refusals import (
    AlreadyBooked,
    NoPrice,
    SessionCancelled,
    SessionFull,
)
from enrolment.queries.planning import Plan
from enrolment.services.pricing import Quote, quote_many
from enrolment.services.taking import Fate


@dataclass(frozen=True, slots=True)
class Refused:
    """A place that was not given, and every reason."""

    place: Place
    child_id: int
    refusals: tuple[Refusal, ...]


@dataclass(slots=True)
class Choice:
    """Wishes sorted: `kept` are places this household has there already."""

    quotes: list[Quote] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    kept: list[Taken] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What the places to take cost, in minor units."""
        return sum(each.price.minor for each in self.quotes)

    def settle(self, fates: Sequence[Fate]) -> list[Quote]:
        """Move what was not taken to the refused; return what was."""
        taken = []
        for each, fate in zip(self.quotes, fates, strict=True):
            if fate == Fate.TAKEN:
                taken.append(each)
            else:
                reason = _REASONS[fate]
                self._refuse(each.wish.place, each.wish.child_id, reason)
        self.quotes = taken
        return taken

    def _refuse(self, place: Place, child_id: int, *reasons: Refusal) -> None:
        self.refused.append(Refused(place, child_id, reasons))


_REASONS: dict[Fate, Refusal] = {
    Fate.FULL: SessionFull(),
    Fate.ELSEWHERE: AlreadyBooked(),
    Fate.GONE: SessionCancelled(),
}


def choose(plan: Plan, wanted: Iterable[tuple[Place, int]]) -> Choice:
    """Judge and price places wanted for children, in the order given.

    Each accepted wish counts for the quotas and the hours of those after it.
    """
    choice = Choice()
    wishes: list[Wish] = []
    also: list[Taken] = []
    for place, child_id in wanted:
        verdict = plan.judge(place, child_id, also=also)
        if verdict.own is not None and verdict.own.is_own:
            choice.kept.append(verdict.own)
        elif verdict.refusals:
            choice.refused.append(Refused(place, child_id, verdict.refusals))
        else:
            wishes.append(Wish(place, child_id, verdict.is_late))
            also.append(_as_taken(plan, place, child_id))
    for wish, answer in zip(wishes, quote_many(plan, wishes), strict=True):
        if isinstance(answer, Quote):
            choice.quotes.append(answer)
        else:
            choice.refused.append(
                Refused(wish.place, wish.child_id, (NoPrice(answer),))
            )
    return choice


def _as_taken(plan: Plan, place: Place, child_id: int) -> Taken:
    named = replace(place, name=place.name or plan.offer.name)
    return Taken(
        booking=uuid4(),
        child_id=child_id,
        place=named,
        quota_key=plan.offer.quota_key,
        price=0,
        currency="",
        is_held=True,
        is_own=False,
    )
