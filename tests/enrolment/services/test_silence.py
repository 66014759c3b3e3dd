"""Clocks of real requests: acknowledged, stopped, warned of, decided by silence."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from catalog.enums import Silence
from catalog.models import Service
from enrolment.enums import RequestStatus
from enrolment.models import Access
from enrolment.services import request_errors as errors
from enrolment.services.clock_warnings import warn_departments
from enrolment.services.requests import submit_request
from enrolment.services.review import (
    AccessDays,
    accept_request,
    ask_for_more,
    refuse_request,
)
from enrolment.services.silence import apply_silence
from families.enums import ProofStatus, Residence
from families.queries import residence_on
from families.services.proofs import accept_proof, refuse_proof
from foundation.journal.models import Entry
from tests.enrolment.request_builders import accept_all, hand_in, make_clerk, sent
from tests.families.builders import NOW, TODAY, make_family

PARIS = ZoneInfo("Europe/Paris")
DUE = date(2027, 1, 21)
BEFORE_MIDNIGHT = datetime(2027, 1, 21, 23, 59, tzinfo=PARIS)
MIDNIGHT = datetime(2027, 1, 22, tzinfo=PARIS)
LATER = datetime(2027, 1, 25, 8, tzinfo=PARIS)


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina", "Tom")


@pytest.fixture
def clerk(rochebelle):
    return make_clerk()


def set_silence(meaning, **more):
    Service.objects.filter(code="cantine").update(silence=meaning, **more)


def proof_of(request, code):
    links = request.requested_proofs.select_related("proof__proof_type")
    return links.get(requirement__proof_type__code=code).proof


def send_again(request, day):
    return submit_request(
        request=request,
        is_certified=True,
        actor=request.submitted_by,
        now=datetime(day.year, day.month, day.day, 10, tzinfo=PARIS),
        today=day,
    )


def give_back(request, clerk, day):
    ask_for_more(
        request=request,
        reason="Il manque une page.",
        reviewer=clerk,
        now=datetime(day.year, day.month, day.day, 10, tzinfo=PARIS),
        today=day,
    )
    request.refresh_from_db()


def test_the_acknowledgement_says_day_department_and_what_silence_means(family):
    set_silence(Silence.ACCEPTANCE)

    request = sent(family)

    body = mail.outbox[-1].body
    assert request.tracking_number in body
    assert "21 novembre 2026" in body
    assert request.service.department.name in body
    assert "21 janvier 2027" in body
    assert request.answer_due_on == DUE


def test_the_acknowledgement_of_a_possible_refusal_says_how_to_contest(family):
    set_silence(Silence.REFUSAL, appeal="Écrivez au maire.\nPuis au médiateur.")

    sent(family)

    assert "Écrivez au maire." in mail.outbox[-1].body
    assert "Puis au médiateur." in mail.outbox[-1].body


def test_the_clock_is_frozen_when_the_request_is_sent(family):
    set_silence(Silence.REFUSAL, silence_months=4)
    request = sent(family)

    set_silence(Silence.ACCEPTANCE, silence_months=1)

    request.refresh_from_db()
    assert (request.silence, request.answer_due_on) == (
        Silence.REFUSAL,
        date(2027, 3, 21),
    )


def test_a_french_town_has_a_day_to_answer_even_without_a_rule(family):
    assert sent(family).answer_due_on == DUE
    assert apply_silence(now=LATER) == 0


def test_acceptance_by_silence_opens_the_access_after_the_last_day_once(family):
    set_silence(Silence.ACCEPTANCE)
    request = sent(family)

    assert apply_silence(now=BEFORE_MIDNIGHT) == 0
    assert apply_silence(now=MIDNIGHT) == 1
    assert apply_silence(now=LATER) == 0

    request.refresh_from_db()
    access = Access.objects.get()
    assert request.status == RequestStatus.ACCEPTED
    assert request.decided_by_silence
    assert request.decided_at == MIDNIGHT
    assert access.from_on == DUE + timedelta(days=1)
    assert "accept" in mail.outbox[-1].body
    assert len(mail.outbox) == 2
    assert Entry.objects.get(action="request accepted by silence").actor is None


def test_a_worker_that_comes_late_decides_as_of_the_day(family):
    set_silence(Silence.ACCEPTANCE)
    request = sent(family)

    apply_silence(now=LATER)

    request.refresh_from_db()
    assert request.decided_at == MIDNIGHT
    assert request.access.from_on == DUE + timedelta(days=1)


def test_silence_proves_nothing_of_the_residence(family):
    set_silence(Silence.ACCEPTANCE)
    request = sent(family)

    apply_silence(now=MIDNIGHT)

    assert proof_of(request, "domicile").status == ProofStatus.SUBMITTED
    assert residence_on(family.household, date(2027, 1, 25)) is None


def test_a_proof_accepted_before_ends_the_access_that_silence_opens(family, clerk):
    set_silence(Silence.ACCEPTANCE)
    request = sent(family)
    accept_all(request, clerk)
    proof = proof_of(request, "domicile")
    proof.valid_until = date(2027, 3, 1)
    proof.save()

    apply_silence(now=MIDNIGHT)

    assert Access.objects.get().until_on == date(2027, 3, 1)


def test_a_refused_proof_gives_the_request_back_and_stops_the_clock(family, clerk):
    set_silence(Silence.ACCEPTANCE)
    request = sent(family)
    refuse_proof(
        proof=proof_of(request, "domicile"), reviewer=clerk, reason="Flou.", now=NOW
    )

    apply_silence(now=MIDNIGHT)

    request.refresh_from_db()
    assert request.status == RequestStatus.TO_COMPLETE
    assert request.clock_stopped_on == date(2027, 1, 22)
    assert not Access.objects.exists()
    assert "Flou." in mail.outbox[-1].body
    hand_in(request, "domicile")
    assert send_again(request, date(2027, 1, 30)).answer_due_on == date(2027, 3, 30)


def test_refusal_by_silence_writes_why_and_how_to_contest_once(family):
    set_silence(Silence.REFUSAL)
    request = sent(family)

    assert apply_silence(now=MIDNIGHT) == 1
    assert apply_silence(now=LATER) == 0

    request.refresh_from_db()
    assert request.status == RequestStatus.REFUSED
    assert request.decided_at == MIDNIGHT
    assert "2 mo" in request.reason
    assert "administrati" in mail.outbox[-1].body
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("meaning", "due"),
    [
        (Silence.ACCEPTANCE, date(2027, 2, 20)),
        (Silence.REFUSAL, date(2027, 2, 9)),
    ],
)
def test_a_request_to_complete_stops_its_clock(family, clerk, meaning, due):
    set_silence(meaning)
    request = sent(family)

    give_back(request, clerk, date(2026, 12, 1))

    assert apply_silence(now=datetime(2027, 6, 1, tzinfo=PARIS)) == 0
    assert send_again(request, date(2026, 12, 20)).answer_due_on == due


def test_no_clerk_decides_after_silence_did(family, clerk):
    set_silence(Silence.REFUSAL)
    request = sent(family)

    with pytest.raises(errors.TimeIsOverError):
        refuse_request(request=request, reason="Non", reviewer=clerk, now=MIDNIGHT)
    accept_all(request, clerk)
    with pytest.raises(errors.TimeIsOverError):
        accept_request(
            request=request,
            days=AccessDays(DUE, date(2027, 7, 4)),
            reviewer=clerk,
            now=MIDNIGHT,
            today=MIDNIGHT.date(),
        )
    apply_silence(now=MIDNIGHT)
    with pytest.raises(errors.AlreadyDecidedError) as refusal:
        refuse_request(request=request, reason="Non", reviewer=clerk, now=MIDNIGHT)
    assert "silence" in str(refusal.value).lower()


def test_a_clerk_decides_until_the_last_minute_of_the_last_day(family, clerk):
    set_silence(Silence.ACCEPTANCE)
    request = sent(family)

    refuse_request(
        request=request, reason="Complet", reviewer=clerk, now=BEFORE_MIDNIGHT
    )

    assert apply_silence(now=MIDNIGHT) == 0


def test_one_that_cannot_be_decided_stops_no_other(family):
    set_silence(Silence.ACCEPTANCE)
    first, second = sent(family), sent(family, child=1)
    Access.objects.create(
        household=family.household,
        child=first.child,
        service=first.service,
        from_on=TODAY,
        until_on=date(2027, 7, 4),
    )
    Access.objects.update(until_on=None)

    assert apply_silence(now=MIDNIGHT) == 1

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (
        RequestStatus.SUBMITTED,
        RequestStatus.ACCEPTED,
    )


def test_the_department_is_warned_once_before_the_day(family):
    set_silence(Silence.ACCEPTANCE, alert_days=14)
    request = sent(family)
    before = len(mail.outbox)

    assert warn_departments(today=date(2027, 1, 6)) == 0
    assert warn_departments(today=date(2027, 1, 7)) == 1
    assert warn_departments(today=date(2027, 1, 8)) == 0

    (message,) = mail.outbox[before:]
    assert request.tracking_number in message.body
    assert "Lina" not in message.body
    assert "21 janvier 2027" in message.body


def test_requests_of_one_department_come_in_one_warning(family):
    set_silence(Silence.ACCEPTANCE, alert_days=14)
    sent(family)
    sent(family, child=1)
    before = len(mail.outbox)

    assert warn_departments(today=date(2027, 1, 7)) == 2

    assert len(mail.outbox) == before + 1


def test_a_proof_accepted_after_silence_gives_the_resident_price_from_its_day(
    family, clerk
):
    set_silence(Silence.ACCEPTANCE)
    request = sent(family)
    apply_silence(now=MIDNIGHT)

    accept_proof(
        proof=proof_of(request, "domicile"),
        reviewer=clerk,
        valid_from=date(2027, 1, 26),
        now=LATER,
        residence=Residence.RESIDENT,
    )

    assert residence_on(family.household, date(2027, 1, 25)) is None
    assert residence_on(family.household, date(2027, 1, 26)) == Residence.RESIDENT
