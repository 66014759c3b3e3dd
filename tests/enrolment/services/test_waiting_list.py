"""A child waits for a place: its rank, the place offered, what the family answers."""

from datetime import date, timedelta

import pytest
from django.core import mail

from enrolment.enums import OfferAnswer, OfferState, RequestStatus
from enrolment.models import Access, AccessRequest
from enrolment.queries.waiting_list import rank_of, ranks_in, waiting_list
from enrolment.receivers.closing import ask_to_cancel_first, tell_who_books
from enrolment.services.request_errors import StepBeforeError
from enrolment.services.requests import open_request, withdraw_request
from enrolment.services.silence import apply_silence
from enrolment.services.waiting_errors import (
    AlreadyOfferedError,
    NoTimeToAnswerError,
    OfferClosedError,
)
from enrolment.services.waiting_list import (
    Place,
    answer_offer,
    expire_offers,
    offer_place,
    take_back_offer,
    take_off_list,
)
from foundation.journal.models import Entry
from tests.enrolment.request_builders import make_clerk
from tests.enrolment.waiting_builders import (
    ask_for_place,
    make_creche,
    make_file,
    put_on_list,
)
from tests.families.builders import NOW, TODAY, make_family

PLACE = Place(date(2027, 9, 1), TODAY + timedelta(days=10), "Lundi et mardi")


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


@pytest.fixture
def creche(rochebelle):
    return make_creche(shows_rank=True)


@pytest.fixture
def clerk(rochebelle):
    return make_clerk()


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina")


@pytest.fixture
def listed(family, creche, clerk):
    return put_on_list(ask_for_place(family, creche), clerk)


@pytest.fixture
def offer(listed, clerk):
    return offer_place(
        request=listed, place=PLACE, reviewer=clerk, now=NOW, today=TODAY
    )


def answer(offer, family, choice, *, today=TODAY):
    return answer_offer(
        offer=offer, answer=choice, actor=family.account, now=NOW, today=today
    )


def actions_of(request):
    about = Entry.objects.about("enrolment.accessrequest", request.public_id)
    return [entry.action for entry in about]


def test_an_accepted_request_is_on_the_list_and_opens_nothing_yet(listed):
    assert listed.status == RequestStatus.LISTED
    assert listed.wished_on == date(2027, 9, 1)
    assert not Access.objects.filter(child=listed.child).exists()
    assert "liste" in mail.outbox[-1].subject.lower() or "list" in mail.outbox[-1].body
    assert actions_of(listed)[-1] == "request put on list"


def test_points_come_first_then_the_oldest_request(listed, creche, clerk):
    younger = make_family("zoe@example.com", "Zoé")
    pointed = make_family("paul@example.com", "Paul")
    later = NOW + timedelta(hours=1)
    second = put_on_list(ask_for_place(younger, creche, at=later), clerk)
    first = put_on_list(
        ask_for_place(pointed, creche, situation="deux", at=later), clerk
    )

    assert list(waiting_list(creche)) == [first, listed, second]
    assert [rank_of(each) for each in (first, listed, second)] == [1, 2, 3]
    assert ranks_in(creche) == {first.pk: 1, listed.pk: 2, second.pk: 3}


def test_a_place_taken_opens_the_next_step(offer, listed, family, creche):
    step = make_file(creche)

    answer(offer, family, OfferAnswer.ACCEPT)

    listed.refresh_from_db()
    access = Access.objects.get(request=listed)
    assert listed.status == RequestStatus.ACCEPTED
    assert (access.from_on, access.until_on) == (TODAY, date(2028, 9, 1))
    opened = open_request(
        household=family.household,
        child=family.children[0],
        service=step,
        actor=family.account,
        now=NOW,
        today=TODAY,
    )
    assert opened.service == step
    assert "Dossier crèche" in mail.outbox[-1].body


def test_the_next_step_waits_for_the_place(listed, family, creche):
    with pytest.raises(StepBeforeError):
        open_request(
            household=family.household,
            child=family.children[0],
            service=make_file(creche),
            actor=family.account,
            now=NOW,
            today=TODAY,
        )


def test_the_same_answer_twice_changes_nothing_more(offer, listed, family):
    answer(offer, family, OfferAnswer.ACCEPT)
    answer(offer, family, OfferAnswer.ACCEPT)

    assert Access.objects.filter(request=listed).count() == 1
    assert actions_of(listed).count("offer accepted") == 1


def test_a_place_declined_keeps_the_rank_or_leaves_the_list(
    offer, listed, family, clerk
):
    answer(offer, family, OfferAnswer.STAY)
    listed.refresh_from_db()
    assert (listed.status, rank_of(listed)) == (RequestStatus.LISTED, 1)

    again = offer_place(
        request=listed, place=PLACE, reviewer=clerk, now=NOW, today=TODAY
    )
    answer(again, family, OfferAnswer.LEAVE)

    listed.refresh_from_db()
    assert listed.status == RequestStatus.WITHDRAWN
    with pytest.raises(OfferClosedError):
        answer(again, family, OfferAnswer.ACCEPT)


def test_an_offer_without_an_answer_ends_the_day_after_its_last(offer, listed, family):
    last = offer.answer_by
    assert expire_offers(now=NOW, today=last) == 0
    with pytest.raises(OfferClosedError):
        answer(offer, family, OfferAnswer.ACCEPT, today=last + timedelta(days=1))

    done = expire_offers(now=NOW, today=last + timedelta(days=1))

    listed.refresh_from_db()
    offer.refresh_from_db()
    assert done == 1
    assert (listed.status, offer.state) == (RequestStatus.LISTED, OfferState.EXPIRED)
    assert expire_offers(now=NOW, today=last + timedelta(days=1)) == 0
    assert actions_of(listed)[-1] == "offer expired"


def test_one_place_at_a_time_and_time_to_answer(offer, listed, clerk):
    with pytest.raises(AlreadyOfferedError):
        offer_place(request=listed, place=PLACE, reviewer=clerk, now=NOW, today=TODAY)

    take_back_offer(request=listed, reviewer=clerk, now=NOW)

    short = Place(PLACE.starts_on, TODAY)
    with pytest.raises(NoTimeToAnswerError):
        offer_place(request=listed, place=short, reviewer=clerk, now=NOW, today=TODAY)


def test_a_family_leaves_the_list_and_its_offer_with_it(offer, listed, family):
    sent = len(mail.outbox)

    withdraw_request(request=listed, actor=family.account, now=NOW)

    offer.refresh_from_db()
    listed.refresh_from_db()
    assert listed.status == RequestStatus.WITHDRAWN
    assert offer.state == OfferState.DECLINED
    assert len(mail.outbox) == sent + 1


def test_a_clerk_takes_off_the_list_with_a_reason(offer, listed, clerk):
    take_off_list(request=listed, reason="Déménagement.", reviewer=clerk, now=NOW)

    listed.refresh_from_db()
    offer.refresh_from_db()
    assert (listed.status, listed.reason) == (RequestStatus.REFUSED, "Déménagement.")
    assert offer.state == OfferState.TAKEN_BACK
    assert "Déménagement." in mail.outbox[-1].body


def test_acceptance_by_silence_is_the_list_and_no_more(family, creche):
    creche.silence = "acceptance"
    creche.save()
    request = ask_for_place(family, creche)

    apply_silence(now=NOW + timedelta(days=70))

    request.refresh_from_db()
    assert request.status == RequestStatus.LISTED
    assert request.decided_by_silence
    assert not Access.objects.filter(request=request).exists()


def test_a_family_that_waits_keeps_its_file(listed, family):
    later = NOW + timedelta(days=900)
    in_use = {
        row["household"]
        for found in tell_who_books(since=later)
        for row in found.values("household")
    }

    assert family.household.pk in in_use
    assert ask_to_cancel_first(household=family.household, today=TODAY)
    assert AccessRequest.objects.listed().count() == 1
