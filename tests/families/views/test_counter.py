"""A clerk acts for a family: for that one, as long as the visit lasts, and no other."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from django_tenants.utils import tenant_context

from families.enums import Civility, VisitEnd
from families.models import Child, CounterVisit, Household, LetterRun, Person
from families.services.households import open_household
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tenants.townhall.models import StaffScope
from tests.families.builders import HOME, browser, make_family

pytestmark = pytest.mark.django_db

NEW = {
    "civility": "sir",
    "first_name": "Paul",
    "last_name": "Lenoir",
    "email": "",
    "phone": "03 20 00 00 00",
    "street": "1 place de la Mairie",
    "street_extra": "",
    "postal_code": "59223",
    "city": "Rochebelle",
    "country": "FR",
    "told": "on",
    "form_key": "8c1c6bdc-6d0c-4c39-9c8c-0f2f7f1f0a01",
}


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def clerk(rochebelle):
    account = Account.objects.create_user("nadia@town.fr", is_staff=True)
    wanted = ["access_admin", "act_for_households", "change_person"]
    account.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return account


@pytest.fixture
def household(rochebelle):
    """A household whose adult has neither account nor address."""
    person = Person.objects.create(
        civility=Civility.MADAM, first_name="Odile", last_name="Marchand"
    )
    return open_household(person=person, address=HOME, actor=None)


@pytest.fixture
def desk(clerk):
    client = browser()
    client.force_login(clerk)
    return client


def start(desk, household):
    return desk.post(f"/admin/families/counter/{household.public_id}/start/")


def test_the_family_space_is_the_familys_and_says_so(rochebelle, desk, household):
    assert start(desk, household)["Location"] == "/my/"

    page = desk.get("/my/")

    assert page.status_code == 200
    assert "Odile" in page.text
    assert "Marchand" in page.text
    assert household.file_number in page.text
    assert "/admin/families/counter/finish/" in page.text
    assert "/accounts/security/" not in page.text


def test_a_clerk_without_a_visit_is_nobodys_family(rochebelle, desk, household):
    assert desk.get("/my/").status_code in {302, 403}


def test_a_child_is_added_for_the_family_by_the_clerk(
    rochebelle, clerk, desk, household
):
    start(desk, household)
    answers = {
        "first_name": "Zoé",
        "last_name": "Marchand",
        "birth_date_day": "14",
        "birth_date_month": "5",
        "birth_date_year": "2019",
        "form_key": "8c1c6bdc-6d0c-4c39-9c8c-0f2f7f1f0a02",
    }

    assert desk.post("/my/children/new/", answers).status_code == 302

    with tenant_context(rochebelle):
        child = Child.objects.get()
        assert list(child.households.all()) == [household]
        entry = Entry.objects.get(action="child added")
        assert entry.actor == clerk
        assert entry.capacity == "counter"
        assert entry.on_behalf_of == household.public_id


def test_outside_the_visit_the_journal_says_nothing_of_the_counter(
    rochebelle, desk, household
):
    start(desk, household)
    desk.post("/admin/families/counter/finish/")

    with tenant_context(rochebelle):
        make_family("claire@example.com", "Lina")
        entry = Entry.objects.filter(action="child added").get()
    assert (entry.capacity, entry.on_behalf_of) == ("", None)


def test_another_familys_child_is_not_found(rochebelle, desk, household):
    other = make_family("claire@example.com", "Lina")
    start(desk, household)

    child = other.children[0].public_id
    assert desk.get(f"/my/children/{child}/").status_code == 404


def test_finishing_ends_it(rochebelle, desk, household):
    start(desk, household)

    page = desk.post("/admin/families/counter/finish/")

    with tenant_context(rochebelle):
        visit = CounterVisit.objects.get()
        assert visit.ended_by == VisitEnd.FINISHED
        actions = Entry.objects.filter(capacity="counter").values_list("action")
        told = [action for (action,) in actions]
    assert page["Location"] == f"/admin/families/counter/visits/{visit.public_id}/"
    assert told == ["counter visit started", "counter visit ended"]
    assert desk.get("/my/").status_code in {302, 403}


def test_an_hour_without_doing_anything_ends_it(rochebelle, desk, household):
    start(desk, household)
    with tenant_context(rochebelle):
        session = desk.session
        session["counter_seen"] = (timezone.now() - timedelta(minutes=61)).isoformat()
        session.save()

    assert desk.get("/my/").status_code in {302, 403}

    with tenant_context(rochebelle):
        assert CounterVisit.objects.get().ended_by == VisitEnd.IDLE


def test_a_visit_ends_with_the_right_to_it(rochebelle, clerk, desk, household):
    start(desk, household)
    with tenant_context(rochebelle):
        clerk.user_permissions.remove(
            Permission.objects.get(codename="act_for_households")
        )

    assert desk.get("/my/").status_code in {302, 403}


def test_a_visit_ends_when_the_household_leaves_the_clerks_scope(
    rochebelle, clerk, desk, household
):
    start(desk, household)
    with tenant_context(rochebelle):
        StaffScope.objects.create(account=clerk, all_departments=False)

    assert desk.get("/my/").status_code in {302, 403}


def test_out_of_scope_is_not_found(rochebelle, clerk, desk, household):
    StaffScope.objects.create(account=clerk, all_departments=False)

    assert start(desk, household).status_code == 404


def test_the_visit_of_another_clerk_is_of_no_use(rochebelle, desk, household):
    start(desk, household)
    with tenant_context(rochebelle):
        visit = CounterVisit.objects.get()
        other = Account.objects.create_user("karim@town.fr", is_staff=True)
        other.user_permissions.set(
            Permission.objects.filter(
                codename__in=["access_admin", "act_for_households"]
            )
        )
    client = browser()
    with tenant_context(rochebelle):
        client.force_login(other)
        session = client.session
        session["counter_visit"] = str(visit.public_id)
        session["counter_seen"] = timezone.now().isoformat()
        session.save()

    assert client.get("/my/").status_code in {302, 403}
    path = f"/admin/families/counter/visits/{visit.public_id}/"
    assert client.get(path).status_code == 404


def test_a_family_cannot_become_another_one(rochebelle, household):
    ours = make_family()
    client = browser()
    client.force_login(ours.account)

    assert start(client, household).status_code == 404

    with tenant_context(rochebelle):
        session = client.session
        session["counter_visit"] = "8c1c6bdc-6d0c-4c39-9c8c-0f2f7f1f0a99"
        session["counter_seen"] = timezone.now().isoformat()
        session.save()
    page = client.get("/my/")
    assert "Claire" in page.text
    assert household.file_number not in page.text


def test_a_clerk_without_the_right_starts_nothing(rochebelle, clerk, desk, household):
    clerk.user_permissions.remove(Permission.objects.get(codename="act_for_households"))

    assert start(desk, household).status_code in {302, 403}
    with tenant_context(rochebelle):
        assert not CounterVisit.objects.exists()


def test_nobody_acts_for_their_own_family(rochebelle, clerk, desk):
    own = make_family()
    own.person.account = clerk
    own.person.save()

    start(desk, own.household)

    with tenant_context(rochebelle):
        assert not CounterVisit.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/my/direct-debit/cantine/",
        "/my/link/",
        "/my/account/close/",
        "/my/households/",
    ],
)
def test_what_is_the_familys_alone_is_refused(rochebelle, desk, household, path):
    start(desk, household)

    page = desk.get(path)

    assert page.status_code in {403, 404}


def test_a_new_family_is_opened_and_entered_at_once(rochebelle, clerk, desk):
    page = desk.post("/admin/families/counter/new/", NEW)

    assert page["Location"] == "/my/children/"
    with tenant_context(rochebelle):
        person = Person.objects.get(last_name="Lenoir")
        assert person.account is None
        assert person.notice_seen_at is not None
        visit = CounterVisit.objects.get(clerk=clerk)
        assert visit.household == Household.objects.get(guardians__person=person)
    assert "Lenoir" in desk.get("/my/children/").text


def test_sent_twice_it_is_one_family(rochebelle, desk):
    desk.post("/admin/families/counter/new/", NEW)

    desk.post("/admin/families/counter/new/", NEW | {"somebody_else": "on"})
    desk.post("/admin/families/counter/new/", NEW)

    with tenant_context(rochebelle):
        assert Person.objects.filter(last_name="Lenoir").count() == 1


def test_somebody_of_the_same_name_is_shown_first(rochebelle, desk, household):
    same = NEW | {"first_name": "odile", "last_name": "MARCHAND"}

    page = desk.post("/admin/families/counter/new/", same)

    assert page.status_code == 200
    assert household.file_number in page.text
    key = "8c1c6bdc-6d0c-4c39-9c8c-0f2f7f1f0a03"
    again = desk.post(
        "/admin/families/counter/new/", same | {"somebody_else": "on", "form_key": key}
    )
    assert again["Location"] == "/my/children/"


def test_a_clerk_of_one_department_goes_on_with_the_file_they_opened(
    rochebelle, clerk, desk
):
    StaffScope.objects.create(account=clerk, all_departments=False)

    desk.post("/admin/families/counter/new/", NEW)

    assert desk.get("/my/children/").status_code == 200


def test_the_recap_tells_what_was_done(rochebelle, desk):
    desk.post("/admin/families/counter/new/", NEW)
    page = desk.post("/admin/families/counter/finish/", follow=True)

    assert "Paul Lenoir" in page.text
    recap = desk.post(f"{page.request['PATH_INFO']}recap/", {"code": "on"})
    assert recap["Content-Type"] == "application/pdf"
    assert recap.content.startswith(b"%PDF")


def test_signing_out_ends_the_visit(rochebelle, desk, household):
    start(desk, household)

    desk.post("/accounts/logout/")

    with tenant_context(rochebelle):
        assert CounterVisit.objects.get().ended_by == VisitEnd.SIGNED_OUT


def test_the_familys_file_leads_to_the_counter(rochebelle, clerk, desk, household):
    path = f"/admin/families/ways-in/{household.public_id}/"

    page = desk.get(path)

    assert f"/admin/families/counter/{household.public_id}/start/" in page.text
    assert f"{path}letter/" in page.text


def test_credentials_are_sent_from_the_page_of_the_household(
    rochebelle, desk, household, mailoutbox
):
    person = Person.objects.get(last_name="Marchand")
    person.email = "odile@example.com"
    person.save()
    path = f"/admin/families/ways-in/{household.public_id}/{person.public_id}/"

    assert desk.post(path).status_code == 302

    assert [letter.to for letter in mailoutbox] == [["odile@example.com"]]


def test_letters_are_asked_once_for_those_ticked(rochebelle, desk, household):
    answers = {
        "households": [str(household.public_id)],
        "form_key": "8c1c6bdc-6d0c-4c39-9c8c-0f2f7f1f0a05",
    }
    path = "/admin/families/ways-in/letters/"

    assert "Odile Marchand" in desk.get(path).text
    assert desk.post(path, answers).status_code == 302
    assert desk.post(path, answers).status_code == 302

    with tenant_context(rochebelle):
        (run,) = LetterRun.objects.all()
        assert list(run.households.all()) == [household]
    assert desk.get(f"{path}{run.public_id}/file/").status_code == 404


def test_another_clerks_letters_are_not_found(rochebelle, clerk, desk, household):
    other = Account.objects.create_superuser("chief@town.fr")
    run = LetterRun.objects.create(asked_by=other, asked_at=timezone.now())

    for step in ("file/", "remove/"):
        path = f"/admin/families/ways-in/letters/{run.public_id}/{step}"
        answer = desk.get(path) if step == "file/" else desk.post(path)
        assert answer.status_code == 404


def test_a_visit_left_open_is_recalled_until_it_is_finished(desk, household):
    start(desk, household)

    during = desk.get("/admin/").content.decode()
    page = re.search(r"/admin/families/counter/visits/[0-9a-f-]+/", during)
    visit = desk.get(page[0]).content.decode() if page else ""
    desk.post("/admin/families/counter/finish/")
    after = desk.get("/admin/").content.decode()

    assert household.file_number in during
    assert "Finish the visit" in visit
    assert household.file_number not in after
