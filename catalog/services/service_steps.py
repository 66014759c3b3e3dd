"""The numbered steps of a service as its page shows them, to families or to all."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _, gettext_lazy

from catalog.domain.steps import Progress, Step, StepState, Way, steps_of
from catalog.models import Service
from catalog.signals import progress_asked
from families.domain.home import Task
from families.enums import Proves
from families.models import Household, ProofType

_TITLES: Mapping[Step, object] = {
    Step.FILE: gettext_lazy("Your family's file"),
    Step.BEFORE: gettext_lazy("First: %(service)s"),
    Step.REQUEST: gettext_lazy("Ask for this service"),
    Step.PLACE: gettext_lazy("Wait for a place, then answer"),
    Step.BOOK: gettext_lazy("Book, change, cancel"),
    Step.ABSENCE: gettext_lazy("Explain an absence"),
}
_HINTS: Mapping[Step, object] = {
    Step.FILE: gettext_lazy("Your address and your children."),
    Step.BEFORE: gettext_lazy("Your child must be accepted there."),
    Step.PLACE: gettext_lazy("You follow your request. We write when a place is free."),
    Step.REQUEST: gettext_lazy("Your situation and your proofs. The town answers."),
    Step.BOOK: gettext_lazy("Once you are accepted."),
    Step.ABSENCE: gettext_lazy("Send the proof: the town decides of the price."),
}
# Screens of the family space; who keeps them answers there.
_ADDRESSES: Mapping[Step, str] = {
    Step.FILE: "/my/",
    Step.BEFORE: "/services/{before}/",
    Step.PLACE: "/my/requests/",
    Step.REQUEST: "/my/requests/new/?for={code}",
    Step.BOOK: "/my/bookings/",
    Step.ABSENCE: "/my/absences/",
}
_STATES: Mapping[StepState, tuple[object, str]] = {
    StepState.DONE: (gettext_lazy("Done"), "success"),
    StepState.NOW: (gettext_lazy("To do"), "info"),
    StepState.WAITING: (gettext_lazy("The town answers"), "pending"),
    StepState.LATER: (gettext_lazy("Later"), "neutral"),
    StepState.IF_NEEDED: (gettext_lazy("If needed"), "neutral"),
}


def service_steps(
    service: Service, household: Household | None, *, today: date
) -> list[Task]:
    """Return the steps in order; a later one has no link, and says what comes first.

    Without a household, all steps are told and the first one is to do.
    """
    way = Way(
        asks_first=service.requires_access,
        takes_absences=ProofType.objects.filter(proves=Proves.ABSENCE).exists(),
        is_booked=service.activities.exists() or not service.requires_access,
        comes_after=service.comes_after is not None,
        keeps_list=service.keeps_waiting_list,
    )
    steps = steps_of(_progress(service, household, today), way)
    return [
        _task(step, state, service, after=number)
        for number, (step, state) in enumerate(steps)
    ]


def _progress(service: Service, household: Household | None, today: date) -> Progress:
    if household is None:
        return Progress()
    answers = progress_asked.send(
        sender=Service, service=service, household=household, today=today
    )
    found = next((answer for _receiver, answer in answers if answer), Progress())
    assert isinstance(found, Progress)  # noqa: S101 - what the signal asks for.
    return found


def _task(step: Step, state: StepState, service: Service, *, after: int) -> Task:
    status, tone = _STATES[state]
    hint = str(_HINTS[step])
    if step == Step.FILE and service.takes_expected_children:
        hint = _("Your address and your children, those to be born too.")
    if state == StepState.LATER:
        hint = _("After step %(number)s.") % {"number": after}
    is_open = state != StepState.LATER
    before = service.comes_after
    address = _ADDRESSES[step].format(
        code=service.code, before=before.code if before else ""
    )
    return Task(
        title=str(_TITLES[step]) % {"service": before},
        href=address if is_open else "",
        status=str(status),
        tone=tone,
        hint=hint,
    )
