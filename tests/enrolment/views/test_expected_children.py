"""A child to be born on the screens of requests and of waiting lists."""

from datetime import date, timedelta

import pytest
from django_tenants.utils import tenant_context

from enrolment.models import Access, AccessRequest
from tests.enrolment.request_builders import make_clerk, sign_in
from tests.enrolment.waiting_builders import (
    ask_for_place,
    make_creche,
    make_file,
    put_on_list,
)
from tests.families.builders import make_family
from tests.families.expected_builders import make_expected

NEW = "/my/requests/new/"
TODAY = date.today()  # noqa: DTZ011 - the pages read the real clock.


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


@pytest.fixture
def creche(rochebelle):
    return make_creche(takes_expected_children=True)


@pytest.fixture
def family(rochebelle):
    family = make_family("claire@example.com")
    make_expected(family, on=TODAY + timedelta(days=60))
    return family


@pytest.fixture
def listed(family, creche):
    return put_on_list(ask_for_place(family, creche), make_clerk())


@pytest.fixture
def browser(family):
    return sign_in(family.account)


@pytest.fixture
def clerk(rochebelle):
    return sign_in(make_clerk("agent@mairie.example"))


def text(answer):
    return answer.content.decode()


def own(request):
    return f"/my/requests/{request.public_id}/"


def test_the_first_question_names_the_child_to_be_born(family, creche, browser):
    page = text(browser.get(NEW))

    assert "Child expected in" in page
    assert "Expected on" in page
    assert "/my/children/expected/" in page


def test_only_the_lists_that_take_it_are_offered(family, creche, browser):
    make_file(creche)
    child = family.children[0]

    page = text(browser.get(NEW, {"asked": "child", "child": child.public_id}))

    assert "attente crèche" in page
    assert "Dossier crèche" not in page


def test_the_page_of_a_service_leads_on_once_a_child_is_expected(
    family, creche, browser
):
    after = make_file(creche)

    open_ = browser.get(NEW, {"for": creche.code})
    shut = browser.get(NEW, {"for": after.code})

    assert "Child expected in" in text(open_)
    assert shut["Location"] == "/my/children/new/"


def test_a_family_without_a_child_is_led_to_add_the_one_it_expects(creche):
    empty = sign_in(make_family("paul@example.com").account)

    answer = empty.get(NEW, {"for": creche.code})

    assert answer["Location"] == "/my/children/expected/"


def test_a_child_left_from_a_list_that_takes_none_any_more_is_told(
    family, creche, browser
):
    creche.takes_expected_children = False
    creche.save()
    child = family.children[0].public_id

    page = browser.get(NEW, {"asked": "child", "child": child}, follow=True)

    assert "No waiting list takes children to be born" in text(page)


def test_the_page_of_the_service_says_that_it_takes_children_to_be_born(
    creche, browser
):
    assert "those to be born too" in text(browser.get(f"/services/{creche.code}/"))


def test_a_request_opens_for_the_child_and_not_for_another_service(
    family, creche, browser, rochebelle
):
    after, child = make_file(creche), family.children[0]

    sent = browser.post(NEW, {"for": creche.code, "child": child.public_id})
    browser.post(NEW, {"child": child.public_id, "service": after.public_id})

    assert sent["Location"].endswith("/situation/")
    with tenant_context(rochebelle):
        assert AccessRequest.objects.get().service == creche


@pytest.mark.parametrize(("ahead", "asked"), [(60, False), (3, True), (-3, True)])
def test_the_page_of_the_request_asks_for_the_birth_in_time(
    family, listed, browser, ahead, asked
):
    child = family.children[0]
    type(child).objects.filter(pk=child.pk).update(
        birth_date=TODAY + timedelta(days=ahead)
    )

    page = text(browser.get(own(listed)))

    assert ("Has your child been born?" in page) is asked
    assert f"/my/children/expected/{child.public_id}/birth/" in page


def test_a_place_taken_asks_for_the_birth_before_the_next_step(
    family, creche, listed, browser
):
    make_file(creche)
    Access.objects.create(
        request=listed,
        household=family.household,
        child=family.children[0],
        service=creche,
        from_on=TODAY,
        until_on=TODAY + timedelta(days=200),
    )
    AccessRequest.objects.update(status="accepted")

    page = text(browser.get(own(listed)))

    assert "Has your child been born?" in page
    assert browser.get(NEW, {"for": "creche-dossier"}).status_code == 302


def test_nothing_asks_for_the_birth_once_the_request_is_over(listed, browser):
    AccessRequest.objects.update(status="withdrawn")

    assert "/birth/" not in text(browser.get(own(listed)))


def test_clerks_read_expected_on_every_page_of_the_list(creche, listed, clerk):
    pages = [
        clerk.get(f"/admin/waiting-lists/{creche.public_id}/"),
        clerk.get(f"/admin/waiting-lists/places/{listed.public_id}/"),
        clerk.get(f"/admin/requests/{listed.public_id}/"),
    ]

    for page in pages:
        assert "xpected on" in text(page)
        assert "orn on" not in text(page)


def test_the_list_taken_away_says_expected_apart(creche, listed, clerk):
    table = clerk.get(f"/admin/waiting-lists/{creche.public_id}/file/")

    rows = b"".join(table).decode("utf-8-sig").splitlines()
    head = rows[0].split(";")
    line = dict(zip(head, rows[1].split(";"), strict=True))
    assert line["Born on"] == ""
    assert line["Expected on"] == (TODAY + timedelta(days=60)).isoformat()
