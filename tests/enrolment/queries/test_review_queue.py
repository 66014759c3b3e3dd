"""The clerks' queue: order, filters, counts, scope, walking through it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from catalog.models import Service
from enrolment.enums import RequestStatus
from enrolment.models import AccessRequest
from enrolment.queries.review_queue import (
    Around,
    QueueFilter,
    after,
    around,
    chosen_requests,
    counts_of,
    find_next_waiting,
    review_queue,
)
from families.models import Child
from tenants.domain.scope import EVERYTHING, Scope
from tenants.townhall.models import School
from tests.enrolment.request_builders import (
    accept_all,
    draft,
    make_clerk,
    sent,
)
from tests.families.builders import NOW, TODAY, make_family


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina", "Tom")


def queue(chosen=None, scope=EVERYTHING, today=TODAY):
    found = chosen or QueueFilter()
    return review_queue(found, scope=scope, now=NOW, today=today)


def counts(chosen=None, today=TODAY):
    return counts_of(chosen or QueueFilter(), scope=EVERYTHING, now=NOW, today=today)


def due(request, day):
    AccessRequest.objects.filter(pk=request.pk).update(answer_due_on=day)
    request.refresh_from_db()


def three(family):
    """Return three requests, in the order of the queue."""
    first, second = sent(family), sent(family, child=1)
    third = sent(make_family("ines@example.com", "Sami"))
    due(third, date(2026, 12, 1))
    due(first, None)
    return third, second, first


def test_what_is_due_first_is_on_top_and_what_has_no_day_comes_last(family):
    expected = three(family)

    assert tuple(queue()) == expected


def test_drafts_are_nobodys_business(family):
    draft(family)

    assert not queue(QueueFilter(statuses=tuple(RequestStatus.values)))


def test_the_queue_is_filtered_by_words(family):
    request = sent(family)

    assert list(queue(QueueFilter(text="lina martin"))) == [request]
    assert list(queue(QueueFilter(text=request.tracking_number.lower()))) == [request]
    assert not queue(QueueFilter(text="sami"))


def test_the_queue_is_filtered_by_service_school_proof_and_age(family):
    request = sent(family)
    school = School.objects.order_by("pk").first()
    Child.objects.filter(pk=request.child_id).update(school=school)
    later = NOW + timedelta(days=8)

    def found(now=NOW, **chosen):
        return list(
            review_queue(QueueFilter(**chosen), scope=EVERYTHING, now=now, today=TODAY)
        )

    assert school is not None
    assert found(service="cantine") == found(school=school.code) == [request]
    assert found(service="stages") == found(school="other") == []
    assert found(proof="domicile") == [request]
    assert found(days=7) == []
    assert found(now=later, days=7) == [request]


def test_a_proof_decided_is_no_more_to_check(family):
    request = sent(family)
    accept_all(request, make_clerk())

    assert not queue(QueueFilter(proof="domicile"))
    assert counts().proofs == {}


def test_late_and_near_are_told_apart(family):
    late, near, _far = (
        sent(family),
        sent(family, child=1),
        sent(make_family("ines@example.com", "Sami")),
    )
    due(late, TODAY - timedelta(days=1))
    due(near, TODAY)

    assert list(queue(QueueFilter(due="late"))) == [late]
    assert list(queue(QueueFilter(due="near"))) == [near]
    assert counts().dues == {"late": 1, "near": 1}


def test_a_stopped_clock_is_neither_late_nor_near(family):
    request = sent(family)
    due(request, TODAY - timedelta(days=1))
    AccessRequest.objects.update(clock_stopped_on=TODAY)

    assert not queue(QueueFilter(due="late"))


def test_each_choice_is_counted_under_the_other_filters(family):
    sent(family)
    sent(make_family("ines@example.com", "Sami"))
    draft(family, child=1)

    everyone, sami = counts(), counts(QueueFilter(text="sami"))

    assert everyone.statuses == {"submitted": 2}
    assert everyone.services == {"cantine": 2}
    assert everyone.proofs == {"domicile": 2, "assurance": 2}
    assert sami.services == {"cantine": 1}


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"proof": "domicile"},
        {"due": "late"},
        {"due": "near", "service": "cantine"},
        {"school": "ecole", "proof": "assurance"},
        {"statuses": ("withdrawn",)},
        {"statuses": ("submitted", "withdrawn"), "due": "late", "text": "li"},
        {"service": "no-such", "days": 3},
    ],
)
def test_a_count_is_the_length_of_the_queue_it_announces(family, filters):
    late, near, gone = three(family)
    school = School.objects.create(code="ecole", name="École du Nord")
    Child.objects.filter(pk__in=[late.child_id, gone.child_id]).update(school=school)
    due(late, TODAY - timedelta(days=1))
    due(near, TODAY + timedelta(days=2))
    due(gone, TODAY - timedelta(days=1))
    AccessRequest.objects.filter(pk=gone.pk).update(status=RequestStatus.WITHDRAWN)
    chosen = QueueFilter(**filters)

    counted = counts(chosen)

    for shown, name, values in (
        (counted.statuses, "statuses", ("submitted", "withdrawn")),
        (counted.services, "service", ("cantine",)),
        (counted.schools, "school", ("ecole",)),
        (counted.dues, "due", ("late", "near")),
        (counted.proofs, "proof", ("domicile", "assurance")),
    ):
        assert set(shown) <= set(values)
        for each in values:
            choice: dict[str, Any] = {name: (each,) if name == "statuses" else each}
            assert shown.get(each, 0) == len(queue(replace(chosen, **choice)))
    assert set(counted.dues) == {"late", "near"}


def test_a_clerk_sees_and_counts_the_requests_of_their_department_only(family):
    request = sent(family)
    own = Service.objects.get(code="cantine").department_id
    theirs = Scope(departments=frozenset({own}), schools=None)
    others = Scope(departments=frozenset({own + 1000}), schools=None)

    assert list(queue(scope=theirs)) == [request]
    assert not queue(scope=others)
    assert not chosen_requests([str(request.public_id)], scope=others)
    assert counts_of(QueueFilter(), scope=others, now=NOW, today=TODAY).services == {}


def test_the_queue_is_walked_forward_and_back(family):
    first, second, third = three(family)

    assert [after(each, queue()) for each in (first, second, third)] == [
        second,
        third,
        first,
    ]
    ids = [first.public_id, second.public_id, third.public_id]
    assert [around(each, queue()) for each in (first, second, third)] == [
        Around(1, 3, None, ids[1]),
        Around(2, 3, ids[0], ids[2]),
        Around(3, 3, ids[1], ids[0]),
    ]


def test_a_request_decided_leads_to_the_one_behind_it(family):
    first, second, third = three(family)
    AccessRequest.objects.filter(pk=second.pk).update(status=RequestStatus.WITHDRAWN)

    assert after(second, queue()) == third
    assert find_next_waiting(second, scope=EVERYTHING) == first


def test_the_only_request_has_no_neighbour(family):
    request = sent(family)

    assert after(request, queue()) is None
    assert around(request, queue()) == Around(1, 1, None, None)


def test_a_request_that_left_the_queue_stands_where_it_would_be(family):
    first, second, third = three(family)
    AccessRequest.objects.filter(pk=second.pk).update(status=RequestStatus.WITHDRAWN)

    here = around(second, queue())

    assert (here.previous, here.following) == (first.public_id, third.public_id)
    assert here.total == 2


def test_where_a_request_stands_takes_two_reads(family, django_assert_num_queries):
    _first, second, _third = three(family)

    with django_assert_num_queries(2):
        around(second, queue())


@pytest.mark.parametrize("count", [1, 30])
def test_counting_takes_two_reads_whatever_waits(
    rochebelle, django_assert_num_queries, count
):
    for number in range(count):
        sent(make_family(f"p{number}@example.com", "Lina"))

    with django_assert_num_queries(2):
        counts()
    with django_assert_num_queries(2):
        counts(QueueFilter(proof="domicile", due="late", days=7, text="Lina"))
