"""Clerks decide."""

from datetime import date, timedelta

import pytest
from django.core import mail

from enrolment.enums import RequestStatus
from enrolment.models import Access
from enrolment.queries.review_queue import QueueFilter, review_queue
from enrolment.services import request_errors as errors
from enrolment.services.review import (
    AccessDays,
    accept_request,
    ask_for_more,
    proposed_days,
    refuse_request,
)
from families.enums import Residence
from families.queries import residence_on
from families.services.proofs import refuse_proof
from foundation.journal.models import Entry
from tenants.domain.scope import EVERYTHING
from tests.enrolment.request_builders import (
    accept_all,
    draft,
    hand_in,
    make_clerk,
    send,
    sent,
)
from tests.families.builders import NOW, TODAY, make_family

SEASON_END = date(2027, 7, 4)


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina", "Tom")


@pytest.fixture
def clerk(rochebelle):
    return make_clerk()


def accept(request, clerk, days=None):
    return accept_request(
        request=request,
        days=days or proposed_days(request, today=TODAY),
        reviewer=clerk,
        now=NOW,
        today=TODAY,
    )


def last_mail():
    return mail.outbox[-1].body


def test_an_accepted_request_opens_an_access_until_the_end_of_the_season(family, clerk):
    request = sent(family)
    accept_all(request, clerk)

    access = accept(request, clerk)

    request.refresh_from_db()
    assert request.status == RequestStatus.ACCEPTED
    assert (access.from_on, access.until_on) == (TODAY, SEASON_END)
    assert (access.child, access.situation) == (family.children[0], request.situation)


def test_the_proof_that_expires_first_ends_the_access(family, clerk):
    request = sent(family)
    accept_all(request, clerk)
    proof = request.requested_proofs.get(requirement__proof_type__code="domicile").proof
    proof.refresh_from_db()
    proof.valid_until = date(2027, 3, 1)
    proof.save()

    assert proposed_days(request, today=TODAY).until_on == date(2027, 3, 1)


def test_the_proof_of_address_opens_the_resident_price_from_its_day(family, clerk):
    request = sent(family)

    accept_all(request, clerk)

    assert residence_on(family.household, TODAY) == Residence.RESIDENT
    assert residence_on(family.household, TODAY - timedelta(days=1)) is None


def test_a_request_is_not_accepted_before_its_proofs(family, clerk):
    request = sent(family)

    with pytest.raises(errors.ProofsToReviewError) as refusal:
        accept(request, clerk)

    assert "Justificatif de domicile" in str(refusal.value)
    assert not Access.objects.exists()


def test_accepting_twice_opens_one_access_and_sends_one_message(family, clerk):
    request = sent(family)
    accept_all(request, clerk)

    first, second = accept(request, clerk), accept(request, clerk)

    assert first == second
    assert len(mail.outbox) == 2
    assert Entry.objects.filter(action="request accepted").count() == 1


def test_the_second_clerk_learns_who_decided(family, clerk):
    request = sent(family)
    accept_all(request, clerk)
    accept(request, clerk)

    with pytest.raises(errors.AlreadyDecidedError) as refusal:
        refuse_request(
            request=request,
            reason="Complet",
            reviewer=make_clerk("paul@mairie.example"),
            now=NOW,
        )

    assert "Nadia clerk" in str(refusal.value)


def test_the_message_of_acceptance_leads_to_the_bookings(family, clerk):
    request = sent(family)
    accept_all(request, clerk)

    accept(request, clerk)

    assert "rochebelle.localhost/my/bookings/" in last_mail()
    assert "3 juillet 2027" in last_mail()


def test_the_message_of_acceptance_says_when_bookings_open(family, clerk):
    request = sent(family)
    request.service.bookings_open_at = NOW + timedelta(days=9)
    request.service.save()
    accept_all(request, clerk)

    accept(request, clerk)

    assert "30 novembre 2026" in last_mail()
    assert "/my/bookings/" not in last_mail()


def test_a_refusal_says_why_and_how_to_contest_it(family, clerk):
    request = sent(family)

    refuse_request(request=request, reason="Plus de place.", reviewer=clerk, now=NOW)
    refuse_request(request=request, reason="Plus de place.", reviewer=clerk, now=NOW)

    request.refresh_from_db()
    assert request.status == RequestStatus.REFUSED
    assert len(mail.outbox) == 2
    assert "Plus de place." in last_mail()
    assert "administrati" in last_mail()


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_refused_without_a_reason(family, clerk, reason):
    request = sent(family)

    with pytest.raises(errors.ReasonNeededError):
        refuse_request(request=request, reason=reason, reviewer=clerk, now=NOW)


def test_a_request_given_back_lists_what_is_wrong_and_keeps_its_place(family, clerk):
    request = sent(family)
    later = sent(make_family("ines@example.com", "Sami"))
    proof = request.requested_proofs.get(requirement__proof_type__code="domicile").proof
    refuse_proof(proof=proof, reviewer=clerk, reason="Trop ancien.", now=NOW)

    ask_for_more(
        request=request,
        reason="Il manque une page.",
        reviewer=clerk,
        now=NOW,
        today=TODAY,
    )

    assert "Il manque une page." in last_mail()
    assert "Justificatif de domicile" in last_mail()
    assert "Trop ancien." in last_mail()
    request.refresh_from_db()
    hand_in(request, "domicile")
    assert send(request).status == RequestStatus.SUBMITTED
    waiting = review_queue(QueueFilter(), scope=EVERYTHING, now=NOW, today=TODAY)
    assert list(waiting) == [request, later]


def test_the_days_must_hold_at_least_one_day(family, clerk):
    request = sent(family)
    accept_all(request, clerk)

    with pytest.raises(errors.EmptyAccessError):
        accept(request, clerk, AccessDays(TODAY, TODAY))


def test_two_accesses_never_overlap(family, clerk):
    request = draft(family)
    Access.objects.create(
        household=family.household,
        child=family.children[0],
        service=request.service,
        from_on=TODAY - timedelta(days=90),
        until_on=TODAY + timedelta(days=30),
    )
    for proof in ("domicile", "assurance"):
        hand_in(request, proof)
    send(request)
    accept_all(request, clerk)

    with pytest.raises(errors.OverlappingAccessError):
        accept(request, clerk, AccessDays(TODAY, SEASON_END))
    assert accept(request, clerk).from_on == TODAY + timedelta(days=30)
