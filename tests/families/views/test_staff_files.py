"""Clerks find a family, and read its file on one page."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from families.models import Household, SearchEntry
from families.queries.search import find_families
from foundation.accounts.models import Account
from foundation.journal.services import Capacity, acting_as
from tenants.domain.scope import EVERYTHING
from tenants.townhall.models import Department, School
from tenants.townhall.queries import scope_of
from tenants.townhall.services import limit_staff
from tests.billing.conftest import speak_english
from tests.billing.jobs import enter
from tests.enrolment.request_builders import sent
from tests.families.builders import make_family

pytestmark = pytest.mark.django_db
HOST = "rochebelle.localhost"
SEARCH = "families_staff:search"


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


@pytest.fixture
def family(rochebelle):
    speak_english(rochebelle)
    family = make_family("claire.martin@example.com", "Lina", "Jean-Noël")
    family.person.phone = "+33 6 12 34 56 78"
    family.person.last_name = "Lœvenbrück"
    family.person.save()
    return family


def clerk(**limits):
    number = Account.objects.count()
    account = Account.objects.create_user(f"c{number}@town.example", is_staff=True)
    account.user_permissions.set(Permission.objects.all())
    if limits:
        about: dict[str, Any] = {
            "all_departments": "departments" not in limits,
            "departments": [],
            "all_schools": "schools" not in limits,
            "schools": [],
        }
        limit_staff(account=account, actor=None, **(about | limits))
    return account


def desk(account):
    client = Client(headers={"host": HOST, "accept-language": "en"}, SERVER_NAME=HOST)
    client.force_login(account)
    return client


def ask(client, url, town, **data):
    answer = client.get(url, data)
    enter(town)
    return answer


@pytest.mark.parametrize(
    "typed",
    [
        "loevenbruck",
        "LŒVENBRÜCK",
        "claire lœven",
        "loeven clai",
        "noel",
        "jean-no",
        "lina loev",
        "claire.martin@example",
        "0612345678",
        "06 12 34 56 78",
        "+33 6 12 34 56 78",
        "06.12.34",
        "14/05/2017",
        "2017-05-14",
        "tilleuls 59223",
    ],
)
def test_any_word_in_any_order_finds_the_family(family, typed):
    make_family("omar@example.com", "Sami")

    found = find_families(typed, scope=EVERYTHING)

    assert family.household in found.households


@pytest.mark.parametrize("typed", ["loevenbruck omar", "0612345679", "zzz", "i", "%"])
def test_every_word_has_to_be_there(family, typed):
    make_family("omar@example.com", "Sami")

    found = find_families(typed, scope=EVERYTHING)

    assert found.households == []


def test_a_file_number_is_found_however_it_is_typed(family):
    number = family.household.file_number
    typed = [number, number.lower(), number.replace("-", ""), number[2:]]

    found = [find_families(each, scope=EVERYTHING).households for each in typed]

    assert found == [[family.household]] * len(typed)


def test_words_follow_every_change_of_the_file(family):
    family.children[0].first_name = "Ondine"
    family.children[0].save()
    family.children[1].delete()
    family.account.email = "autre@example.org"
    family.account.save()
    Household.objects.update(city="Vieux-Bourg")

    words = SearchEntry.objects.get().words

    assert all(f"'{word}'" in words for word in ("ondine", "autre", "vieux", "bourg"))
    assert not any(f"'{word}'" in words for word in ("lina", "noel", "rochebelle"))


def test_signing_in_writes_no_words_again(family, django_assert_num_queries):
    before = SearchEntry.objects.extra(select={"at": "xmin::text"}).get().at

    Account.objects.update(first_name="Claire", is_active=True)

    assert SearchEntry.objects.extra(select={"at": "xmin::text"}).get().at == before


def test_only_families_in_scope_are_found(family):
    tilleuls = School.objects.get(code="tilleuls")
    education = Department.objects.get(code="education")
    sports = Department.objects.get(code="sports")
    family.children[0].school = tilleuls
    family.children[0].save()
    sent(family)
    roles: list[dict[str, Any]] = [
        {},
        {"departments": [education]},
        {"departments": [sports]},
        {"schools": [tilleuls]},
        {"schools": [School.objects.get(code="jaures")]},
    ]

    found = []
    for limits in roles:
        scope = scope_of(clerk(**limits))
        found.append(len(find_families("loeven", scope=scope).households))

    assert found == [1, 1, 0, 1, 0]


def test_a_clerk_of_a_school_reads_only_its_pupils(family, rochebelle):
    tilleuls = School.objects.get(code="tilleuls")
    family.children[0].school = tilleuls
    family.children[0].save()
    client = desk(clerk(schools=[tilleuls]))
    url = reverse("families_staff:file", args=[family.household.public_id])

    page = ask(client, url, rochebelle).content.decode()

    assert "Lina" in page
    assert "Jean-Noël" not in page


def test_the_page_of_results_marks_what_was_typed(family, rochebelle):
    client = desk(clerk())

    page = ask(client, reverse(SEARCH), rochebelle, q="loeven lin").content.decode()

    assert "<mark>Lœvenbrück</mark>" in page
    assert "<mark>Lin</mark>a Martin, 9 years old" in page
    assert family.household.file_number in page
    assert "1 family" in page


def test_nothing_found_says_what_to_try(family, rochebelle):
    page = ask(desk(clerk()), reverse(SEARCH), rochebelle, q="zzzz").content.decode()

    assert "No family has all these words." in page


def test_the_file_of_another_department_answers_as_none(family, rochebelle):
    client = desk(clerk(departments=[Department.objects.get(code="sports")]))
    url = reverse("families_staff:file", args=[family.household.public_id])

    assert ask(client, url, rochebelle).status_code == 404


def test_search_and_file_ask_for_the_permission(family, rochebelle):
    account = Account.objects.create_user("page@town.example", is_staff=True)
    account.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client = desk(account)
    url = reverse("families_staff:file", args=[family.household.public_id])

    answers = [ask(client, each, rochebelle) for each in (reverse(SEARCH), url)]

    assert all(answer.status_code == 302 for answer in answers)
    assert all("Lœvenbrück" not in answer.content.decode() for answer in answers)


@pytest.mark.parametrize("count", [1, 30])
def test_search_costs_the_same_for_one_family_as_for_thirty(
    count, family, rochebelle, django_assert_num_queries
):
    for number in range(count - 1):
        make_family(f"m{number}@example.com", "Lina", "Tom")
    client = desk(clerk(schools=School.objects.all()))
    ask(client, reverse(SEARCH), rochebelle)

    with django_assert_num_queries(15):
        ask(client, reverse(SEARCH), rochebelle, q="lina")


@pytest.mark.parametrize("count", [1, 6])
def test_the_file_costs_the_same_at_any_length(
    count, family, rochebelle, django_assert_num_queries
):
    names = [f"Enfant{number}" for number in range(count)]
    other = make_family("omar@example.com", *names)
    for number in range(count):
        sent(other, child=number)
    client = desk(clerk())
    url = reverse("families_staff:file", args=[other.household.public_id])
    ask(client, url, rochebelle)

    with django_assert_num_queries(32):
        ask(client, url, rochebelle)


def test_the_file_holds_every_section_on_one_page(family, rochebelle):
    request = sent(family)
    client = desk(clerk())
    url = reverse("families_staff:file", args=[family.household.public_id])

    page = ask(client, url, rochebelle).content.decode()

    titles = re.findall(r'id="([a-z]+)-title"', page)
    assert titles[1:3] == ["adults", "children"]
    assert {
        "standing",
        "requests",
        "accesses",
        "bookings",
        "attendance",
        "invoices",
        "proofs",
        "messages",
        "journal",
    } <= set(titles)
    assert request.tracking_number in page
    assert "Household opened" in page


def test_the_history_tells_the_requests_made_at_the_counter(family, rochebelle):
    with acting_as(Capacity("counter", family.household.public_id)):
        at_the_desk = sent(family)
    other = make_family("other@example.com", "Zoé")
    url = reverse("families_staff:file", args=[family.household.public_id])
    elsewhere = reverse("families_staff:file", args=[other.household.public_id])
    client = desk(clerk())

    page = ask(client, url, rochebelle).content.decode()
    others = ask(client, elsewhere, rochebelle).content.decode()

    history = page.split('id="journal-title"')[1]
    assert f"Request sent: {at_the_desk}" in history
    assert "at the counter" in history
    assert "at the counter" not in others.split('id="journal-title"')[1]
