"""The legal clock of requests: frozen when they are sent, stopped while incomplete.

What a service says of silence is copied to the request when it is sent, since that is
what its acknowledgement told the family: a later change of the service touches only
later requests.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from catalog.enums import Silence
from enrolment.domain.clocks import Clock, is_over, resumed, started, stopped
from enrolment.models import AccessRequest
from tenants.queries import current_town

#: Saved whenever the clock of a request moves.
CLOCK_FIELDS = (
    "silence",
    "silence_months",
    "answer_due_on",
    "clock_stopped_on",
    "alerted_on",
)
#: Where a time to answer is written in the law whatever silence means (CRPA, L231-1).
_ALWAYS_TIMED = frozenset({"fr"})


def clock_of(request: AccessRequest) -> Clock:
    """Return the clock of a request as it stands."""
    return Clock(
        months=request.silence_months,
        restarts=request.silence == Silence.ACCEPTANCE,
        due_on=request.answer_due_on,
        stopped_on=request.clock_stopped_on,
    )


def start_clock(request: AccessRequest, *, today: date) -> None:
    """Start the clock of a request that is sent, or go on after a missing piece.

    Sets the fields of the request; the caller saves them.
    """
    if request.clock_stopped_on is not None:
        _write(request, resumed(clock_of(request), today))
        # A day that moved away is told again when it comes near.
        request.alerted_on = None
        return
    if request.answer_due_on is not None:
        return
    service = request.service
    request.silence = service.silence
    request.silence_months = service.silence_months
    is_timed = service.silence != Silence.NOTHING
    if is_timed or current_town().locale in _ALWAYS_TIMED:
        clock = clock_of(request)
        _write(request, started(today, months=clock.months, restarts=clock.restarts))


def stop_clock(request: AccessRequest, *, today: date) -> None:
    """Stop the clock: the family has to complete. The caller saves the fields."""
    _write(request, stopped(clock_of(request), today))


def is_decided_by_silence(request: AccessRequest, *, now: datetime) -> bool:
    """Tell whether the last day passed and silence means something by law.

    The worker writes the decision within the hour; until then no clerk decides.
    """
    if request.silence == Silence.NOTHING:
        return False
    return is_over(clock_of(request), town_day(now))


def town_day(instant: datetime) -> date:
    """Return the day on the town's own calendar."""
    return instant.astimezone(ZoneInfo(current_town().time_zone)).date()


def _write(request: AccessRequest, clock: Clock) -> None:
    request.answer_due_on = clock.due_on
    request.clock_stopped_on = clock.stopped_on
