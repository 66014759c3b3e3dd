"""How long the town takes to answer: per service and month, and for changes of files.

Everything is counted under the month in which a request was sent. A decision by
silence is late: nobody answered in time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from enrolment.domain.clocks import Delays, delays_of
from enrolment.enums import LISTED_REQUESTS, RequestStatus
from enrolment.models import AccessRequest
from families.models import ChangeRequest
from tenants.domain.scope import Scope

_DECIDED = {RequestStatus.ACCEPTED, RequestStatus.REFUSED, *LISTED_REQUESTS}


@dataclass(slots=True)
class Figures:
    """What happened to the requests of one service sent in one month.

    `days` holds the whole days each decided request took, in no order.
    """

    month: date
    service: str
    received: int = 0
    late: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def decided(self) -> int:
        """How many have their answer."""
        return len(self.days)

    @property
    def delays(self) -> Delays | None:
        """The median and the 90th percentile, None while nothing is decided."""
        return delays_of(self.days)


@dataclass(frozen=True, slots=True)
class _Sent:
    service: str
    sent_at: datetime
    decided_at: datetime | None
    is_late: bool


def request_figures(
    *, scope: Scope, since: date, today: date, zone: ZoneInfo
) -> list[Figures]:
    """Return the figures of requests sent since a day, newest month first."""
    return _figures(_requests(scope, since, today, zone), zone)


def change_figures(
    *, scope: Scope, since: date, now: datetime, zone: ZoneInfo, name: str
) -> list[Figures]:
    """Return those of the changes of files, late by the hours the town promised."""
    start = datetime(since.year, since.month, since.day, tzinfo=zone)
    rows = (
        ChangeRequest.objects.in_scope(scope)
        .filter(submitted_at__gte=start)
        .values_list("submitted_at", "closed_at", "due_at")
    )
    sent = (
        _Sent(name, sent_at, closed_at, (closed_at or now) > due_at)
        for sent_at, closed_at, due_at in rows.iterator()
    )
    return _figures(sent, zone)


def _requests(
    scope: Scope, since: date, today: date, zone: ZoneInfo
) -> Iterator[_Sent]:
    start = datetime(since.year, since.month, since.day, tzinfo=zone)
    rows = (
        AccessRequest.objects.in_scope(scope)
        .filter(submitted_at__gte=start)
        .exclude(status=RequestStatus.WITHDRAWN)
        .only(
            "service__name",
            "submitted_at",
            "decided_at",
            "status",
            "answer_due_on",
            "clock_stopped_on",
            "decided_by_silence",
        )
        .select_related("service")
    )
    for each in rows.iterator():
        assert each.submitted_at is not None  # noqa: S101 - drafts are left out.
        decided_at = each.decided_at if each.status in _DECIDED else None
        late = _is_late(each, decided_at, today, zone)
        yield _Sent(each.service.name, each.submitted_at, decided_at, late)


def _is_late(
    request: AccessRequest, decided_at: datetime | None, today: date, zone: ZoneInfo
) -> bool:
    if request.decided_by_silence:
        return True
    due = request.answer_due_on
    if due is None or (decided_at is None and request.clock_stopped_on is not None):
        return False
    return (decided_at.astimezone(zone).date() if decided_at else today) > due


def _figures(sent: Iterator[_Sent], zone: ZoneInfo) -> list[Figures]:
    found: dict[tuple[date, str], Figures] = {}
    for each in sent:
        day = each.sent_at.astimezone(zone).date()
        key = (day.replace(day=1), each.service)
        figures = found.setdefault(key, Figures(*key))
        figures.received += 1
        figures.late += each.is_late
        if each.decided_at is not None:
            figures.days.append((each.decided_at.astimezone(zone).date() - day).days)
    by_name = sorted(found.values(), key=lambda each: each.service)
    return sorted(by_name, key=lambda each: each.month, reverse=True)
