"""Changes on the screens of families and of clerks, and the yearly review."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from families.domain.editable import Editable
from families.enums import ChangeStatus
from families.models import ChangeRequest, FileReview, FileRules, ProposedValue
from foundation.journal.models import Entry
from tenants.domain.scope import Scope
from tests.families.builders import browser, make_family
from tests.families.changes import (
    check_first,
    make_clerk,
    move_next_door,
    rename,
    request_of,
    value_of,
)

STAFF = "/admin/changes/"


@pytest.fixture
def family(rochebelle):
    check_first(Editable.ADDRESS, Editable.IDENTITY)
    return make_family("claire@example.com", "Lina")


@pytest.fixture
def parent(family):
    client = browser()
    client.force_login(family.account)
    return client


@pytest.fixture
def clerk(rochebelle):
    client = browser()
    client.force_login(make_clerk())
    return client


def page_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def answers(html, **choices):
    """Return what the decision form of a page sends with every radio alike."""
    names = re.findall(r'name="(v[0-9a-f]{32})-seen" value="([0-9a-f]+)"', html)
    sent = {f"{name}-seen": seen for name, seen in names}
    for name, _seen in names:
        sent |= {f"{name}-{key}": value for key, value in choices.items()}
    return sent


def test_the_family_sees_the_present_and_the_waiting_address(
    rochebelle, family, parent
):
    move_next_door(family, now=timezone.now())

    html = page_of(parent, "/my/address/")

    assert "3 rue des Tilleuls" in html
    assert "5 rue des Tilleuls" in html
    assert "Waiting for the town" in html


def test_a_family_changes_its_address_and_reads_the_number(rochebelle, family, parent):
    sent = {
        "street": "5 rue des Tilleuls",
        "postal_code": "59223",
        "city": "Rochebelle",
        "country": "FR",
        "phone": "06 01 02 03 04",
    }

    response = parent.post("/my/address/", sent, follow=True)

    with tenant_context(rochebelle):
        request = ChangeRequest.objects.get()
        family.person.refresh_from_db()
    assert family.person.phone == "06 01 02 03 04"
    assert request.tracking_number in response.content.decode()


def test_a_family_takes_its_change_back_from_its_list(rochebelle, family, parent):
    value = value_of(request_of(rename(family, "Léna", now=timezone.now())))

    assert "Léna" in page_of(parent, "/my/changes/")
    assert "Take back this change?" in page_of(
        parent, f"/my/changes/{value.public_id}/withdraw/"
    )
    with tenant_context(rochebelle):
        value.refresh_from_db()
    assert value.status == ChangeStatus.WAITING
    parent.post(f"/my/changes/{value.public_id}/withdraw/")

    with tenant_context(rochebelle):
        value.refresh_from_db()
    assert value.status == ChangeStatus.WITHDRAWN


def test_another_familys_value_is_as_one_that_does_not_exist(rochebelle, family):
    value = value_of(request_of(rename(family, "Léna", now=timezone.now())))
    stranger = make_family("paul@example.com")
    client = browser()
    client.force_login(stranger.account)

    response = client.post(f"/my/changes/{value.public_id}/withdraw/")

    assert response.status_code == 404
    with tenant_context(rochebelle):
        value.refresh_from_db()
    assert value.status == ChangeStatus.WAITING


def test_a_clerk_accepts_all_and_goes_on_with_the_next(rochebelle, family, clerk):
    first = request_of(rename(family, "Léna", now=timezone.now()))
    second = request_of(move_next_door(family, now=timezone.now()))
    html = page_of(clerk, f"{STAFF}{first.public_id}/")
    assert "<ins>Léna</ins>" in html
    assert "<del>Lina</del>" in html

    response = clerk.post(
        f"{STAFF}{first.public_id}/decide/", {**answers(html), "all": "1"}
    )

    assert response.headers["Location"] == f"{STAFF}{second.public_id}/"
    with tenant_context(rochebelle):
        family.children[0].refresh_from_db()
    assert family.children[0].first_name == "Léna"


def test_a_refusal_without_reason_is_asked_for(rochebelle, family, clerk):
    request = request_of(rename(family, "Léna", now=timezone.now()))
    address = f"{STAFF}{request.public_id}/"
    sent = answers(page_of(clerk, address), choice="refuse")

    response = clerk.post(f"{address}decide/", sent)

    assert response.status_code == 400
    assert "Say why you refuse" in response.content.decode()
    with tenant_context(rochebelle):
        assert value_of(request).status == ChangeStatus.WAITING


def test_late_ones_come_first_and_say_so(rochebelle, family, clerk):
    now = timezone.now()
    fresh = request_of(rename(family, "Léna", now=now))
    late = request_of(move_next_door(family, now=now - timedelta(days=20)))

    html = page_of(clerk, STAFF)

    assert html.index(late.tracking_number) < html.index(fresh.tracking_number)
    assert html.count("changes-tag--danger") == 1


def test_the_queue_costs_the_same_for_one_row_and_for_thirty(
    rochebelle, clerk, django_assert_max_num_queries
):
    check_first(Editable.IDENTITY)
    counts = []
    for wanted in (1, 30):
        with tenant_context(rochebelle):
            for index in range(ChangeRequest.objects.count(), wanted):
                family = make_family(f"p{index}@example.com", "Lina")
                rename(family, "Léna", now=timezone.now())
        page_of(clerk, STAFF)  # What is read once a minute is read now.
        with django_assert_max_num_queries(60) as asked:
            page_of(clerk, STAFF)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_clerk_of_other_schools_neither_sees_nor_counts_the_change(
    rochebelle, family
):
    request = request_of(rename(family, "Léna", now=timezone.now()))
    elsewhere = Scope(schools=frozenset({0}))

    assert not ChangeRequest.objects.in_scope(elsewhere).exists()
    assert list(ChangeRequest.objects.in_scope(Scope())) == [request]


def test_families_do_not_enter_the_queue(rochebelle, family, parent):
    request = request_of(rename(family, "Léna", now=timezone.now()))

    for path in ("", "rules/", "reviews/", f"{request.public_id}/"):
        assert parent.get(f"{STAFF}{path}").status_code in {302, 403, 404}


def test_the_town_says_what_it_checks_in_plain_words(rochebelle, clerk):
    html = page_of(clerk, f"{STAFF}rules/")
    assert "Address of the household" in html

    response = clerk.post(
        f"{STAFF}rules/",
        {
            "checked": ["child.school"],
            "answer_hours": "48",
            "answer_unit": "working_hours",
            "opens_at": "09:00",
            "closes_at": "17:00",
            "review_day": "15",
            "review_month": "8",
        },
    )

    assert response.status_code == 302
    with tenant_context(rochebelle):
        rules = FileRules.objects.get()
        assert (rules.checked, rules.answer_hours) == (["child.school"], 48)
        assert Entry.objects.filter(action="file rules changed").count() == 1


def test_a_family_reads_its_file_and_certifies_it_once(rochebelle, family, parent):
    today = timezone.localdate()
    FileRules.objects.update(review_month=today.month, review_day=min(today.day, 28))
    assert "Check that your file is right" in page_of(parent, "/my/")
    html = page_of(parent, "/my/review/")
    assert "3 rue des Tilleuls" in html
    assert "Lina" in html
    key = re.search(r'name="form_key" value="([^"]+)"', html)
    assert key

    for _twice in range(2):
        parent.post("/my/review/", {"form_key": key.group(1)})

    with tenant_context(rochebelle):
        review = FileReview.objects.get()
        assert (review.household, review.by) == (family.household, family.account)
    assert "Check that your file is right" not in page_of(parent, "/my/")


def test_staff_see_who_did_not_review(rochebelle, family, parent, clerk):
    other = make_family("paul@example.com")
    today = timezone.localdate()
    FileRules.objects.update(review_month=today.month, review_day=min(today.day, 28))
    FileReview.objects.create(
        household=family.household,
        by=family.account,
        at=timezone.now(),
        season=today.year,
    )

    html = page_of(clerk, f"{STAFF}reviews/")

    assert other.household.file_number in html
    assert family.household.file_number not in html


def test_nothing_is_about_a_value_of_no_request(rochebelle, family, clerk):
    rename(family, "Léna", now=timezone.now())

    response = clerk.get(f"{STAFF}{family.household.public_id}/")

    assert response.status_code == 404
    with tenant_context(rochebelle):
        assert ProposedValue.objects.count() == 1
