"""A child to be born on screen: the family's pages, and those of clerks."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django_tenants.utils import tenant_context

from families.models import Child
from families.services.children import ChildDetails, add_child
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tenants.townhall.models import StaffScope
from tests.enrolment.request_builders import sign_in
from tests.enrolment.waiting_builders import make_creche
from tests.families.builders import make_family
from tests.families.expected_builders import make_expected
from tests.families.views.staff.test_children import clerk_with

HOME, CHILDREN, ADD = "/my/", "/my/children/", "/my/children/expected/"
TODAY = date.today()  # noqa: DTZ011 - the pages read the real clock.
#: Of the page of children, with and without any.
CHILDREN_QUERIES = 10


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina")


@pytest.fixture
def browser(family):
    return sign_in(family.account)


def day(of, name="birth_date"):
    return {f"{name}_day": of.day, f"{name}_month": of.month, f"{name}_year": of.year}


def own(child):
    return f"{ADD}{child.public_id}/"


def text(answer):
    return answer.content.decode()


def test_a_family_adds_a_child_to_be_born_once(browser, rochebelle, family):
    make_creche(takes_expected_children=True)
    on = TODAY + timedelta(days=120)
    answers = {"last_name": "Martin", "first_name": "", "form_key": uuid4(), **day(on)}

    first = browser.post(ADD, answers)
    again = browser.post(ADD, answers)

    assert first["Location"] == again["Location"]
    with tenant_context(rochebelle):
        child = Child.objects.get(is_expected=True)
        assert child.birth_date == on
        assert child in Child.objects.in_family(family.household)
    page = text(browser.get(first["Location"]))
    assert "Child expected in" in page
    assert "Write the birth" in page


def test_the_page_is_not_offered_where_no_list_takes_them(browser):
    assert ADD not in text(browser.get(CHILDREN))
    assert browser.get(ADD)["Location"] == "/my/children/new/"


def test_the_page_is_offered_where_a_list_takes_them(browser):
    make_creche(takes_expected_children=True)

    pages = [browser.get(path) for path in (CHILDREN, "/my/children/new/")]

    assert all(ADD in text(page) for page in pages)
    assert "Liste d&#x27;attente crèche" in text(browser.get(ADD))


def test_a_day_too_far_says_how_far(browser):
    make_creche(takes_expected_children=True)
    on = TODAY + timedelta(days=310)
    answers = {"last_name": "Martin", "form_key": uuid4(), **day(on)}

    page = text(browser.post(ADD, answers))

    assert "at most ten months ahead" in page


@pytest.mark.parametrize(("ahead", "asked"), [(30, False), (10, True), (-5, True)])
def test_home_asks_for_a_birth_that_is_near_or_past(family, browser, ahead, asked):
    child = make_expected(family, on=TODAY + timedelta(days=ahead))

    page = text(browser.get(HOME))

    assert ("Has your child been born?" in page) is asked
    assert own(child) in page
    assert not re.search(r"-\d+ (month|year)", page)
    assert "expected on" in page


def test_a_family_writes_the_birth_and_the_file_opens(family, browser, rochebelle):
    child = make_expected(family, on=TODAY - timedelta(days=2))
    answers = {"first_name": "Nina", "last_name": "Martin", **day(TODAY)}

    sent = browser.post(f"{own(child)}birth/", {**answers, "filiation": "mother"})

    assert sent["Location"] == f"/my/children/{child.public_id}/"
    assert "Nina Martin" in text(browser.get(sent["Location"]))
    assert browser.get(own(child))["Location"] == sent["Location"]
    with tenant_context(rochebelle):
        assert Entry.objects.get(action="child born").new["first_name"] == "Nina"
        assert child.memberships.get().filiation == "mother"


def test_a_birth_needs_a_first_name(family, browser):
    child = make_expected(family, on=TODAY)

    page = text(
        browser.post(f"{own(child)}birth/", {"last_name": "Martin", **day(TODAY)})
    )

    assert "Enter the child&#x27;s first name." in page


def test_a_child_to_be_born_has_no_file_to_open(family, browser):
    child = make_expected(family)
    pages = ("", "identity/", "health/", "photo/", "people/", "insurance/")

    answers = [browser.get(f"/my/children/{child.public_id}/{each}") for each in pages]

    assert {answer.status_code for answer in answers} == {404}


def test_a_child_is_removed_without_saying_why(family, browser, rochebelle):
    child = make_expected(family)

    asked = text(browser.get(f"{own(child)}remove/"))
    browser.post(f"{own(child)}remove/")

    assert "You do not have to say why." in asked
    assert browser.get(own(child)).status_code == 404
    with tenant_context(rochebelle):
        assert list(Child.objects.in_family(family.household)) == family.children[:1]


def test_a_change_is_kept(family, browser, rochebelle):
    child = make_expected(family)
    on = TODAY + timedelta(days=60)

    browser.post(
        f"{own(child)}change/",
        {"first_name": "Nina", "last_name": "Martin", **day(on)},
    )

    with tenant_context(rochebelle):
        child.refresh_from_db()
        assert (child.first_name, child.birth_date) == ("Nina", on)


def test_the_pages_of_another_family_do_not_exist(family, rochebelle):
    child = make_expected(family)
    stranger = sign_in(make_family("paul@example.com", "Zoé").account)
    pages = ("", "birth/", "change/", "remove/")

    answers = [stranger.get(f"{own(child)}{each}") for each in pages]
    answers += [stranger.post(f"{own(child)}{each}") for each in pages[1:]]

    assert {answer.status_code for answer in answers} == {404}


def test_who_adds_the_child_born_is_led_to_the_birth(family, browser):
    child = make_expected(family)

    page = text(browser.get("/my/children/new/"))

    assert f"{own(child)}birth/" in page


@pytest.mark.parametrize("more", [0, 29])
def test_the_children_take_the_same_reads(
    family, browser, more, django_assert_num_queries
):
    for number in range(more):
        make_expected(family, f"N{number}")
    browser.get(CHILDREN)

    with django_assert_num_queries(CHILDREN_QUERIES):
        page = browser.get(CHILDREN)

    assert text(page).count("To be born") == more


def test_a_clerk_reads_when_and_writes_the_birth(family, rochebelle):
    child = make_expected(family, on=TODAY - timedelta(days=1))
    clerk = clerk_with("view_child", "change_child")
    page = f"/admin/children/{child.public_id}/"

    shown, file = text(clerk.get(page)), clerk.get(f"{page}insurance/")
    sent = clerk.post(
        f"{page}birth/",
        {"first_name": "Nina", "last_name": "Martin", **day(TODAY)},
    )

    assert "Expected on" in shown
    assert "Insurance" not in shown
    assert file.status_code == 404
    assert sent["Location"] == page
    assert "Nina Martin" in text(clerk.get(page))
    with tenant_context(rochebelle):
        child.refresh_from_db()
        assert not child.is_expected


def test_a_clerk_is_led_to_a_child_added_again_once_born(family):
    child = make_expected(family, on=TODAY)
    born = add_child(
        household=family.household,
        details=ChildDetails("Nina", "Martin", TODAY - timedelta(days=3)),
        today=TODAY,
        actor=None,
    )
    clerk = clerk_with("view_child", "change_household", "view_household")

    page = text(clerk.get(f"/admin/children/{child.public_id}/"))

    link = f"/child/{born.public_id}/{child.public_id}/"
    assert link in page
    assert str(family.children[0].public_id) not in page


@pytest.mark.parametrize("page", ["", "birth/", "expected/"])
def test_a_clerk_of_other_departments_is_told_of_no_birth(family, rochebelle, page):
    child = make_expected(family, on=TODAY)
    clerk = clerk_with("view_child", "change_child")
    address = f"/admin/children/{child.public_id}/{page}"
    seen = clerk.get(address)
    with tenant_context(rochebelle):
        StaffScope.objects.create(
            account=Account.objects.get(email="agent@mairie.example"),
            all_departments=False,
        )

    hidden = clerk.get(address)

    assert (seen.status_code, hidden.status_code) == (200, 404)


def test_a_clerk_corrects_the_day(family, rochebelle):
    child = make_expected(family)
    clerk = clerk_with("view_child", "change_child")
    on = TODAY + timedelta(days=40)

    clerk.post(
        f"/admin/children/{child.public_id}/expected/",
        {"first_name": "", "last_name": "Martin", **day(on)},
    )

    with tenant_context(rochebelle):
        child.refresh_from_db()
        assert child.birth_date == on


def test_clerks_read_expected_in_the_family_and_the_search(family):
    make_expected(family, on=TODAY + timedelta(days=40))
    clerk = clerk_with("view_household", "change_household")
    household = family.household

    pages = [
        clerk.get(f"/admin/families/files/{household.public_id}/"),
        clerk.get(f"/admin/households/{household.public_id}/"),
        clerk.get("/admin/families/files/?q=Martin"),
    ]

    for page in pages:
        assert "expected on" in text(page)


def test_a_child_to_be_born_is_added_at_the_counter_and_told_in_the_recap(
    family, settings
):
    settings.SECOND_FACTOR_REQUIRED = False
    make_creche(takes_expected_children=True)
    desk = clerk_with("act_for_households", "change_person")
    answers = {"last_name": "Martin", "form_key": uuid4()}

    desk.post(f"/admin/families/counter/{family.household.public_id}/start/")
    desk.post(ADD, {**answers, **day(TODAY + timedelta(days=90))})
    recap = desk.post("/admin/families/counter/finish/", follow=True)

    assert "Child to be born added: Child expected in" in text(recap)
