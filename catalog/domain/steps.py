"""The order in which a family goes through a service: file, request, book, absence.

A step opens once the one before it is done; what stands after it waits.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """One step, in its order."""

    FILE = "file"
    REQUEST = "request"
    BOOK = "book"
    ABSENCE = "absence"


class StepState(StrEnum):
    """Where a family is with a step."""

    DONE = "done"
    NOW = "now"
    #: Asked for, and the town has not answered yet.
    WAITING = "waiting"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Progress:
    """What a household has done so far for a service."""

    has_children: bool = False
    has_asked: bool = False
    is_accepted: bool = False
    has_booked: bool = False


def steps_of(
    progress: Progress, *, asks_first: bool, takes_absences: bool
) -> list[tuple[Step, StepState]]:
    """Return the steps of a service, each with its state.

    `asks_first` is false for a service booked without asking, `takes_absences` where
    no proof of absence is taken online.
    """
    done = {
        Step.FILE: progress.has_children,
        Step.REQUEST: progress.is_accepted,
        Step.BOOK: progress.has_booked,
        Step.ABSENCE: False,
    }
    kept = [
        step
        for step in Step
        if (asks_first or step != Step.REQUEST)
        and (takes_absences or step != Step.ABSENCE)
    ]
    waits = {Step.REQUEST} if progress.has_asked else set()
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
        yield step, StepState.WAITING if step in waits else StepState.NOW
        is_open = False
