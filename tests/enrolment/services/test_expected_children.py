"""A child to be born waits for a place, and for nothing else."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import translation

from catalog.models import Service
from enrolment.enums import OfferAnswer, RequestStatus
from enrolment.models import Access, AccessRequest, Booking
from enrolment.queries.facts import Scope, read_facts
from enrolment.queries.waiting_list import rank_of
from enrolment.services.accepting import say_yes
from enrolment.services.certificates import certificates_of
from enrolment.services.request_errors import BirthToWriteError, NotBornYetError
from enrolment.services.requests import open_request, submit_request
from enrolment.services.silence import apply_silence
from enrolment.services.waiting_list import Place, answer_offer, offer_place
from families.models import Child
from families.services.children import ChildDetails, add_child
from families.services.expected import Names, expect_no_longer, write_birth
from families.services.merging import merge_children
from foundation.journal.models import Entry
from foundation.periods import Period
from tests.billing import builders as billing
from tests.enrolment.request_builders import make_clerk
from tests.enrolment.waiting_builders import (
    ask_for_place,
    make_creche,
    make_file,
    put_on_list,
)
from tests.families.builders import NOW, TODAY, make_family
from tests.families.expected_builders import make_expected

PLACE = Place(date(2027, 9, 1), TODAY + timedelta(days=10), "Lundi et mardi")
BORN = Names("Nina", "Martin", date(2027, 3, 9))


@pytest.fixture(autouse=True)
def in_english(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path
    with translation.override("en"):
        yield


@pytest.fixture
def creche(rochebelle):
    return make_creche(shows_rank=True, takes_expected_children=True)


@pytest.fixture
def clerk(rochebelle):
    return make_clerk()


@pytest.fixture
def family(rochebelle):
    family = make_family()
    make_expected(family)
    return family


@pytest.fixture
def listed(family, creche, clerk):
    return put_on_list(ask_for_place(family, creche), clerk)


def ask(family, service):
    return open_request(
        household=family.household,
        child=family.children[0],
        service=service,
        actor=family.account,
        now=NOW,
        today=TODAY,
    )


def give_birth(family):
    return write_birth(
        household=family.household,
        child=family.children[0],
        birth=BORN,
        today=date(2027, 3, 20),
        actor=family.account,
    )


def test_a_child_to_be_born_is_on_the_list_and_its_letters_name_it(listed):
    assert listed.status == RequestStatus.LISTED
    assert listed.wished_on == date(2027, 9, 1)
    assert rank_of(listed) == 1
    # Jobs write in the language of the town: its month too.
    assert "expected in mars 2027" in mail.outbox[-1].subject


def test_a_list_that_takes_none_says_what_to_do_first(family, creche):
    Service.objects.filter(pk=creche.pk).update(takes_expected_children=False)
    creche.refresh_from_db()

    with pytest.raises(NotBornYetError, match="Write the birth of your child first"):
        ask(family, creche)


def test_a_service_that_is_no_list_never_takes_children_to_be_born(creche):
    creche.keeps_waiting_list = False

    with pytest.raises(IntegrityError, match="only_a_list_takes_children_to_be_born"):
        creche.save()


def test_a_draft_for_a_service_that_no_longer_keeps_a_list_is_not_sent(family, creche):
    draft = ask(family, creche)
    creche.situations.all().delete()
    Service.objects.filter(pk=creche.pk).update(
        keeps_waiting_list=False, takes_expected_children=False
    )

    with pytest.raises(NotBornYetError):
        submit_request(
            request=draft,
            is_certified=True,
            actor=family.account,
            now=NOW,
            today=TODAY,
        )


def accept(request, clerk):
    request.requested_proofs.all().delete()
    request.service.requirements.all().delete()
    request.refresh_from_db()
    say_yes(request=request, days=None, reviewer=clerk, now=NOW, today=TODAY)


def test_nobody_is_accepted_elsewhere_before_the_birth(family, creche, clerk):
    request = ask_for_place(family, creche)
    Service.objects.filter(pk=creche.pk).update(
        keeps_waiting_list=False, takes_expected_children=False
    )

    with pytest.raises(BirthToWriteError):
        accept(request, clerk)

    assert not Access.objects.exists()


def test_silence_accepts_nobody_elsewhere_before_the_birth(family, creche):
    Service.objects.filter(pk=creche.pk).update(silence="acceptance")
    request = ask_for_place(family, creche)
    Service.objects.filter(pk=creche.pk).update(
        keeps_waiting_list=False, takes_expected_children=False
    )
    request.requested_proofs.all().delete()
    request.service.requirements.all().delete()

    done = apply_silence(now=NOW + timedelta(days=80))

    request.refresh_from_db()
    assert (done, request.status) == (0, RequestStatus.SUBMITTED)


def test_a_place_taken_leads_on_once_the_birth_is_written(
    family, creche, listed, clerk
):
    after = make_file(creche)
    offer = offer_place(
        request=listed, place=PLACE, reviewer=clerk, now=NOW, today=TODAY
    )
    answer_offer(
        offer=offer,
        answer=OfferAnswer.ACCEPT,
        actor=family.account,
        now=NOW,
        today=TODAY,
    )

    with pytest.raises(NotBornYetError):
        ask(family, after)
    give_birth(family)

    assert ask(family, after).status == RequestStatus.DRAFT


def test_a_birth_moves_nobody_on_the_list(family, creche, listed, clerk):
    other = make_family("paul@example.com", "Lina")
    second = put_on_list(
        ask_for_place(other, creche, at=NOW + timedelta(hours=1)), clerk
    )

    give_birth(family)

    listed.refresh_from_db()
    assert (rank_of(listed), rank_of(second)) == (1, 2)
    assert listed.submitted_at == NOW
    about = Entry.objects.about("enrolment.accessrequest", listed.public_id)
    assert list(about.order_by("pk").values_list("action", flat=True))[-1] == (
        "birth written"
    )


def test_a_child_no_longer_expected_leaves_the_list(family, listed):
    expect_no_longer(
        household=family.household,
        child=family.children[0],
        actor=family.account,
        now=NOW,
        today=TODAY,
    )

    listed.refresh_from_db()
    assert listed.status == RequestStatus.WITHDRAWN


def test_a_child_added_again_once_born_takes_the_place_on_the_list(family, listed):
    born = add_child(
        household=family.household,
        details=ChildDetails("Nina", "Martin", BORN.birth_date),
        today=date(2027, 3, 20),
        actor=family.account,
    )

    merge_children(
        kept=born, lost=family.children[0], actor=family.account, reason="Née"
    )

    listed.refresh_from_db()
    assert (listed.child, rank_of(listed)) == (born, 1)


def test_nothing_is_booked_nor_counted_before_the_birth(rochebelle):
    family = billing.a_family()
    Child.objects.update(is_expected=True)
    lunch = billing.lunches(billing.november(1))[0]
    facts, _calendar = read_facts(
        Scope(
            family.household.pk,
            lunch.activity.service_id,
            lunch.activity_id,
            Period(TODAY, TODAY + timedelta(days=30)),
            NOW,
        )
    )

    with (
        pytest.raises(IntegrityError, match="only waits for a place"),
        transaction.atomic(),
    ):
        billing.book(family, lunch)

    assert facts.children == {}
    assert not Booking.objects.exists()


def test_the_tables_refuse_an_access_that_is_not_to_a_list(family, creche, listed):
    fields = {
        "household": family.household,
        "child": family.children[0],
        "from_on": TODAY,
        "until_on": date(2027, 7, 4),
    }

    Access.objects.create(service=creche, **fields)
    with (
        pytest.raises(IntegrityError, match="only waits for a place"),
        transaction.atomic(),
    ):
        Access.objects.create(service=make_file(creche), **fields)

    assert certificates_of(family.household) == []
    assert AccessRequest.objects.get() == listed
