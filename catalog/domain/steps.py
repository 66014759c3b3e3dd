"""The order in which a family goes through a service: file, request, book, absence.

A step opens once the one before it is done; what stands after it waits.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """One step, in its order."""

    FILE = "file"
    #: Accepted in the service that comes before this one.
    BEFORE = "before"
    REQUEST = "request"
    #: On the waiting list, until a place is offered.
    PLACE = "place"
    BOOK = "book"
    ABSENCE = "absence"


class StepState(StrEnum):
    """Where a family is with a step."""

    DONE = "done"
    NOW = "now"
    #: Asked for, and the town has not answered yet.
    WAITING = "waiting"
    LATER = "later"
    #: Open, and nothing that must be done.
    IF_NEEDED = "if_needed"


@dataclass(frozen=True, slots=True)
class Progress:
    """What a household has done so far for a service."""

    has_children: bool = False
    is_past_before: bool = False
    has_asked: bool = False
    is_listed: bool = False
    is_offered: bool = False
    is_accepted: bool = False
    has_booked: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """What a service has: each false one leaves its steps out.

    `asks_first` is false for a service booked without asking, `takes_absences` where
    no proof of absence is taken online, `is_booked` where there is nothing to book.
    """

    asks_first: bool = True
    takes_absences: bool = True
    is_booked: bool = True
    comes_after: bool = False
    keeps_list: bool = False


def steps_of(progress: Progress, way: Way) -> list[tuple[Step, StepState]]:
    """Return the steps of a service, each with its state."""
    on_list = progress.is_listed or progress.is_offered
    done = {
        Step.FILE: progress.has_children,
        Step.BEFORE: progress.is_past_before,
        Step.REQUEST: progress.is_accepted or on_list,
        Step.PLACE: progress.is_accepted,
        Step.BOOK: progress.has_booked,
        Step.ABSENCE: False,
    }
    left_out = {
        Step.BEFORE: not way.comes_after,
        Step.REQUEST: not way.asks_first,
        Step.PLACE: not way.keeps_list,
        Step.BOOK: not way.is_booked,
        Step.ABSENCE: not (way.takes_absences and way.is_booked),
    }
    kept = [step for step in Step if not left_out.get(step)]
    waits = {Step.REQUEST} if progress.has_asked else set()
    if progress.is_listed:
        waits.add(Step.PLACE)
    return list(_states(kept, done, waits))


def _states(
    steps: Iterable[Step], done: dict[Step, bool], waits: set[Step]
) -> Iterator[tuple[Step, StepState]]:
    is_open = True
    for step in steps:
        if done[step] and is_open:
            yield step, StepState.DONE
            continue
        if not is_open:
            yield step, StepState.LATER
            continue
        yield step, _open_state(step, waits)
        is_open = False


def _open_state(step: Step, waits: set[Step]) -> StepState:
    if step == Step.ABSENCE:
        return StepState.IF_NEEDED
    return StepState.WAITING if step in waits else StepState.NOW
