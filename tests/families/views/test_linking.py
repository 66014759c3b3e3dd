"""Linking an account to a known file, through the browser."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from catalog.models import RegistrationWindow, Service
from families.models import FileLink, FileRequest, Guardian, Household
from families.services.linking_errors import NoSuchFileError
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tenants.models import Town
from tenants.townhall.models import TownSettings
from tests.families.builders import account_of, browser, make_family, make_person
from tests.families.known_files import accept_methods, known_file

GUESS = {
    "number": "F-10000008",
    "born_on_day": "27",
    "born_on_month": "3",
    "born_on_year": "1984",
}
WRONG = GUESS | {"born_on_day": "28"}
BY_NUMBER = "/my/link/file-number/"


def signed_in(account, host="rochebelle.localhost"):
    """Sign in where the account is: a session belongs to its town."""
    client = browser(host)
    with tenant_context(Town.objects.get(domains__domain=host)):
        client.force_login(account)
    return client


@pytest.fixture
def client(rochebelle):
    """Somebody who has just signed up, in a town with every method."""
    accept_methods()
    return signed_in(make_person().account)


def send(client, path, **fields):
    return client.post(path, {"form_key": str(uuid4()), **fields})


def test_a_first_sign_in_asks_for_the_file_the_town_may_have(client):
    assert client.get("/my/")["Location"] == "/my/link/"

    page = client.get("/my/link/").text

    assert "Do you already have a file with the town?" in page
    assert page.count('type="radio"') == 5


def test_who_has_no_file_goes_to_the_address(client):
    assert client.post("/my/link/", {"has": "none"})["Location"] == "/my/address/"


def test_a_town_without_methods_asks_for_the_address(rochebelle):
    client = signed_in(make_person().account)

    assert client.get("/my/")["Location"] == "/my/address/"
    assert client.get("/my/link/")["Location"] == "/my/address/"
    assert client.get(BY_NUMBER).status_code == 404
    assert client.get("/my/file-request/").status_code == 404


def test_a_method_the_town_does_not_take_is_absent(rochebelle):
    accept_methods("invoice")
    client = signed_in(make_person().account)

    found = [
        client.get(f"/my/link/{each}/").status_code
        for each in ("invoice", "file-number", "subscriber-code", "nonsense")
    ]

    assert found == [200, 404, 404, 404]


def test_the_family_is_there_at_once_without_signing_out(rochebelle, client):
    with tenant_context(rochebelle):
        known_file()

    answer = send(client, BY_NUMBER, **GUESS)

    assert answer["Location"] == "/my/"
    page = client.get("/my/").text
    assert "Mathis" in page
    assert "Your account now opens your family" in page


def test_the_same_form_sent_twice_links_once_and_answers_the_same(rochebelle, client):
    with tenant_context(rochebelle):
        known_file()
    form = GUESS | {"form_key": str(uuid4())}

    answers = [client.post(BY_NUMBER, form)["Location"] for _time in range(2)]

    assert answers == ["/my/", "/my/"]
    with tenant_context(rochebelle):
        assert FileLink.objects.count() == 1


def test_five_wrong_guesses_close_the_door_even_to_the_right_one(rochebelle, client):
    with tenant_context(rochebelle):
        known_file()
        refusal = str(NoSuchFileError())

    pages = [send(client, BY_NUMBER, **WRONG).text for _time in range(5)]
    last = send(client, BY_NUMBER, **GUESS)

    assert all(refusal in page for page in pages)
    assert "Too many attempts" in last.text
    with tenant_context(rochebelle):
        assert not FileLink.objects.exists()


def test_many_accounts_do_not_share_the_guesses_of_one_file(rochebelle, client):
    """Each account tries once: after five, the file answers nobody for an hour."""
    pages = [send(client, BY_NUMBER, **WRONG).text]
    for number in range(5):
        with tenant_context(rochebelle):
            person = make_person(f"robot{number}@example.com")
        pages.append(send(signed_in(person.account), BY_NUMBER, **WRONG).text)

    blocked = ["Too many attempts" in page for page in pages]
    assert blocked == [False] * 5 + [True]


def test_another_town_is_not_closed_by_the_guesses_of_this_one(
    rochebelle, etangs, client
):
    for _time in range(6):
        send(client, BY_NUMBER, **WRONG)
    with tenant_context(etangs):
        TownSettings.objects.update(linking_methods=["file_number"])
        known_file()
        person = make_person()

    there = signed_in(account_of(person), "etangs.localhost")

    assert send(there, BY_NUMBER, **GUESS)["Location"] == "/my/"


PEOPLE = {
    "birth_date_day": "27",
    "birth_date_month": "3",
    "birth_date_year": "1984",
    "street": "3 rue des Tilleuls",
    "postal_code": "59223",
    "city": "Rochebelle",
    "country": "FR",
    "members-TOTAL_FORMS": "1",
    "members-INITIAL_FORMS": "0",
    "members-0-kind": "child",
    "members-0-first_name": "Lina",
    "members-0-last_name": "Martin",
    "members-0-birth_date_day": "5",
    "members-0-birth_date_month": "5",
    "members-0-birth_date_year": "2019",
}


def test_a_request_for_numbers_is_sent_once_and_followed(rochebelle, client):
    first = client.post("/my/file-request/", PEOPLE)
    again = client.get("/my/file-request/")

    assert first["Location"] == again["Location"]
    page = client.get(first["Location"]).text
    with tenant_context(rochebelle):
        asked = FileRequest.objects.get()
        assert asked.members.count() == 2
        assert asked.due_at - asked.submitted_at == timedelta(hours=72)
        assert asked.tracking_number in page


def test_one_more_person_keeps_what_was_typed_and_complains_of_nothing(client):
    page = client.post("/my/file-request/", {**PEOPLE, "city": "", "more": "1"}).text

    assert 'value="Lina"' in page
    assert "members-1-first_name" in page
    assert "Enter the" not in page


@pytest.mark.parametrize("total", ["9" * 5000, "-1", "x", "", "11"])
def test_a_number_of_people_made_up_by_hand_is_no_accident(client, total):
    form = PEOPLE | {"members-TOTAL_FORMS": total}

    codes = [
        client.post("/my/file-request/", form | more).status_code
        for more in ({}, {"more": "1"})
    ]

    assert set(codes) <= {200, 302}


def test_a_request_is_nobody_elses(rochebelle, client):
    path = client.post("/my/file-request/", PEOPLE)["Location"]
    with tenant_context(rochebelle):
        other = make_person("b@example.com").account

    assert signed_in(other).get(path).status_code == 404


@pytest.fixture
def clerk(rochebelle):
    account = Account.objects.create_superuser("clerk@example.com", "long-secret-12")
    return signed_in(account)


def test_a_clerk_opens_the_file_and_the_family_has_its_numbers(
    rochebelle, client, clerk
):
    path = client.post("/my/file-request/", PEOPLE)["Location"]
    with tenant_context(rochebelle):
        asked = FileRequest.objects.get()
    desk = f"/admin/families/file-requests/{asked.public_id}/"

    assert asked.tracking_number in clerk.get("/admin/families/file-requests/").text
    assert "Lina Martin" in clerk.get(desk).text
    form = {"file": "new", "form_key": str(uuid4())}
    for _time in range(2):
        assert clerk.post(f"{desk}accept/", form).status_code == 302

    page = client.get(path).text
    with tenant_context(rochebelle):
        household = Household.objects.get(guardians__person__account__isnull=False)
        child = household.children.get()
        assert household.file_number in page
        assert child.person_code in page
    assert client.get("/my/").status_code == 200


def test_a_clerk_tells_the_number_of_the_file_the_town_has(rochebelle, client, clerk):
    with tenant_context(rochebelle):
        known_file(first_name="Claire", last_name="Martin")
    path = client.post("/my/file-request/", PEOPLE)["Location"]
    with tenant_context(rochebelle):
        asked = FileRequest.objects.get()
    desk = f"/admin/families/file-requests/{asked.public_id}/"

    assert "F-10000008" in clerk.get(desk).text
    answer = {"file": "new", "other": "1000 0008", "form_key": str(uuid4())}
    clerk.post(f"{desk}accept/", answer)

    assert "F-10000008" in client.get(path).text
    with tenant_context(rochebelle):
        assert not Guardian.objects.filter(person__account=asked.account_id).exists()
    assert send(client, BY_NUMBER, **GUESS)["Location"] == "/my/"


def test_a_refusal_has_a_reason_that_the_family_reads(rochebelle, client, clerk):
    path = client.post("/my/file-request/", PEOPLE)["Location"]
    with tenant_context(rochebelle):
        asked = FileRequest.objects.get()
    desk = f"/admin/families/file-requests/{asked.public_id}/refuse/"

    clerk.post(desk, {"reason": "", "form_key": str(uuid4())})
    assert "Waiting for an answer" in client.get(path).text
    clerk.post(desk, {"reason": "You live elsewhere.", "form_key": str(uuid4())})

    assert "You live elsewhere." in client.get(path).text


def test_a_clerk_undoes_a_link_with_a_reason(rochebelle, client, clerk):
    with tenant_context(rochebelle):
        known_file()
    send(client, BY_NUMBER, **GUESS)
    with tenant_context(rochebelle):
        link = FileLink.objects.get()
    undo = f"/admin/families/links/{link.public_id}/undo/"

    assert "claire@example.com" in clerk.get("/admin/families/links/").text
    assert clerk.post(undo, {"reason": "", "form_key": str(uuid4())}).status_code == 200
    clerk.post(undo, {"reason": "Not them.", "form_key": str(uuid4())})

    assert client.get("/my/")["Location"] == "/my/link/"
    assert clerk.get(undo).status_code == 404
    with tenant_context(rochebelle):
        assert Entry.objects.filter(action="account unlinked").count() == 1


@pytest.mark.parametrize(
    "path", ["/admin/families/file-requests/", "/admin/families/links/"]
)
def test_a_family_finds_no_desk_of_clerks(client, path):
    assert client.get(path).status_code == 404


def test_a_tracking_number_tells_a_state_and_nothing_of_anybody(rochebelle, client):
    path = client.post("/my/file-request/", PEOPLE)["Location"]
    with tenant_context(rochebelle):
        number = FileRequest.objects.get().tracking_number
        stranger = make_family("b@example.com").account

    anybody = browser().post("/track/", {"number": number.lower().replace("-", " ")})
    other = signed_in(stranger).post("/track/", {"number": number})
    owner = client.post("/track/", {"number": number})

    assert "Waiting for an answer" in anybody.text
    assert not any(name in anybody.text for name in ("Claire", "Martin", "Lina"))
    assert "We found no request with this number" in other.text
    assert owner["Location"] == path


def test_a_number_of_another_town_is_not_found(rochebelle, etangs, client):
    client.post("/my/file-request/", PEOPLE)
    with tenant_context(rochebelle):
        number = FileRequest.objects.get().tracking_number

    page = browser("etangs.localhost").post("/track/", {"number": number}).text

    assert "We found no request with this number" in page


@pytest.mark.parametrize("typed", ["\0", "x" * 40, "7K4MX-9QHTB", "' OR 1=1 --"])
def test_a_number_made_up_is_not_found(rochebelle, typed):
    assert browser().post("/track/", {"number": typed}).status_code == 200


def test_an_address_searches_thirty_times_an_hour(rochebelle, monkeypatch):
    noon = timezone.now().replace(minute=1)
    monkeypatch.setattr("families.views.tracking.timezone.now", lambda: noon)
    client = browser()

    pages = [
        client.post("/track/", {"number": "7K4MX-9QHTB"}).text for _time in range(31)
    ]

    blocked = ["Too many attempts" in page for page in pages]
    assert blocked == [False] * 30 + [True]


@pytest.mark.parametrize(("hours", "is_warned"), [(71, True), (73, False)])
def test_the_form_warns_when_registration_opens_before_the_answer(
    hours, is_warned, rochebelle
):
    accept_methods(file_request_hours=72)
    RegistrationWindow.objects.all().delete()
    opens_at = timezone.now() + timedelta(hours=hours)
    Service.objects.update(requests_open_at=None, bookings_open_at=opens_at)

    page = signed_in(account_of(make_person())).get("/my/file-request/").text

    assert ("You may not get your number in time." in page) is is_warned


def test_a_clerk_chooses_between_a_known_file_and_a_new_one(rochebelle, client, clerk):
    with tenant_context(rochebelle):
        known_file(first_name="Claire", last_name="Martin")
    client.post("/my/file-request/", PEOPLE)
    with tenant_context(rochebelle):
        asked = FileRequest.objects.get()
    desk = f"/admin/families/file-requests/{asked.public_id}/"

    page = clerk.get(desk).text
    answer = clerk.post(f"{desk}accept/", {"form_key": str(uuid4())})

    boxes = re.findall(r'<input type="radio" name="file"[^>]*>', page)
    assert len(boxes) == 2
    assert 'value="new"' in boxes[-1]
    assert not [box for box in boxes if "checked" in box]
    assert "Choose a file, or open a new one." in answer.text
    with tenant_context(rochebelle):
        asked.refresh_from_db()
        assert asked.status == "submitted"


def test_a_new_file_is_chosen_beforehand_when_none_resembles_it(
    rochebelle, client, clerk
):
    client.post("/my/file-request/", PEOPLE)
    with tenant_context(rochebelle):
        asked = FileRequest.objects.get()

    page = clerk.get(f"/admin/families/file-requests/{asked.public_id}/").text

    assert re.search(r'name="file" value="new"[^>]*checked', page)
