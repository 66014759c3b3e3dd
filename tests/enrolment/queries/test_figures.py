"""Times to answer, by service and month."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from enrolment.enums import RequestStatus
from enrolment.models import AccessRequest
from enrolment.queries.figures import change_figures, request_figures
from families.models import ChangeRequest
from tenants.domain.scope import EVERYTHING, Scope
from tests.enrolment.request_builders import sent
from tests.families.builders import NOW, TODAY, make_family

PARIS = ZoneInfo("Europe/Paris")
SINCE = date(2026, 1, 1)


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina", "Tom")


def figures(scope=EVERYTHING, today=TODAY):
    return request_figures(scope=scope, since=SINCE, today=today, zone=PARIS)


def decide(request, days, status=RequestStatus.ACCEPTED, **more):
    AccessRequest.objects.filter(pk=request.pk).update(
        status=status, decided_at=NOW + timedelta(days=days), reason="Non", **more
    )


def test_requests_are_counted_under_their_service_and_month(family):
    first, _second = sent(family), sent(family, child=1)
    decide(first, 10)

    (row,) = figures()

    assert (row.month, row.service) == (date(2026, 11, 1), first.service.name)
    assert (row.received, row.decided, row.late) == (2, 1, 0)
    assert (row.delays.median, row.delays.ninetieth) == (10, 10)


def test_late_are_answers_after_the_day_silence_and_what_still_waits(family):
    late, silent = sent(family), sent(family, child=1)
    decide(late, 70, RequestStatus.REFUSED)
    decide(silent, 61, decided_by_silence=True)
    sent(make_family("ines@example.com", "Sami"))

    assert figures()[0].late == 2
    assert figures(today=date(2027, 1, 22))[0].late == 3


def test_a_request_given_back_is_not_late(family):
    sent(family)
    AccessRequest.objects.update(
        status=RequestStatus.TO_COMPLETE, clock_stopped_on=TODAY
    )

    assert figures(today=date(2027, 6, 1))[0].late == 0


def test_other_departments_are_not_counted(family):
    request = sent(family)
    other = request.service.department_id + 1000

    assert figures(Scope(departments=frozenset({other}), schools=None)) == []


def test_changes_of_files_are_late_by_the_hours_promised(family):
    for due_in, closed_in in ((3, 1), (3, 5), (3, None)):
        ChangeRequest.objects.create(
            tracking_number=f"C{due_in}{closed_in}",
            household=family.household,
            submitted_by=family.account,
            submitted_at=NOW,
            due_at=NOW + timedelta(days=due_in),
            closed_at=NOW + timedelta(days=closed_in) if closed_in else None,
        )

    (row,) = change_figures(
        scope=EVERYTHING,
        since=SINCE,
        now=datetime(2026, 12, 24, tzinfo=UTC),
        zone=PARIS,
        name="Changes",
    )

    assert (row.received, row.decided, row.late) == (3, 2, 2)
