"""One decision on many requests."""

import pytest
from django.core import mail

from enrolment.enums import BulkAction, RequestStatus
from enrolment.models import Access
from enrolment.services.bulk_review import decide_many
from enrolment.services.review import refuse_request
from foundation.journal.models import Entry
from tests.enrolment.request_builders import accept_all, make_clerk, sent
from tests.families.builders import NOW, TODAY, make_family


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina", "Tom")


@pytest.fixture
def clerk(rochebelle):
    return make_clerk()


def decide(requests, action, clerk, reason=""):
    return decide_many(
        requests=requests,
        action=action,
        reason=reason,
        reviewer=clerk,
        now=NOW,
        today=TODAY,
    )


def test_complete_requests_are_accepted_the_others_stay_with_the_reason(family, clerk):
    ready, waiting = sent(family), sent(family, child=1)
    accept_all(ready, clerk)
    before = len(mail.outbox)
    # Lina's proof of address serves Tom too: his insurance is still to check.

    made = decide([ready, waiting], BulkAction.ACCEPT, clerk)

    ready.refresh_from_db()
    waiting.refresh_from_db()
    assert (ready.status, waiting.status) == (
        RequestStatus.ACCEPTED,
        RequestStatus.SUBMITTED,
    )
    assert [bool(each["why"]) for each in made.outcomes] == [False, True]
    assert Access.objects.count() == 1
    assert len(mail.outbox) == before + 1


@pytest.mark.parametrize(
    ("action", "status", "written"),
    [
        (BulkAction.REFUSE, RequestStatus.REFUSED, "request refused"),
        (BulkAction.MORE, RequestStatus.TO_COMPLETE, "more asked"),
    ],
)
def test_each_is_decided_journalled_and_written_once(
    family, clerk, action, status, written
):
    requests = [sent(family), sent(family, child=1)]
    before = len(mail.outbox)

    made = decide(requests, action, clerk, "Plus de place.")

    for request in requests:
        request.refresh_from_db()
        assert (request.status, request.reason) == (status, "Plus de place.")
    assert not any(each["why"] for each in made.outcomes)
    assert Entry.objects.filter(action=written).count() == 2
    assert len(mail.outbox) == before + 2
    assert Entry.objects.get(action="many requests decided").actor == clerk


def test_what_somebody_else_decided_meanwhile_is_told(family, clerk):
    request = sent(family)
    refuse_request(request=request, reason="Complet", reviewer=clerk, now=NOW)

    made = decide(
        [request], BulkAction.REFUSE, make_clerk("paul@mairie.example"), "Non"
    )

    assert "Nadia clerk" in made.outcomes[0]["why"]
    request.refresh_from_db()
    assert request.reason == "Complet"


def test_nothing_is_refused_without_a_reason(family, clerk):
    request = sent(family)

    made = decide([request], BulkAction.REFUSE, clerk, "  ")

    assert made.outcomes[0]["why"]
    request.refresh_from_db()
    assert request.status == RequestStatus.SUBMITTED
