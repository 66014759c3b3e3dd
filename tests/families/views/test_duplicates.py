"""Clerks compare two records, make one of them or tell them apart."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from families.enums import Alike
from families.models import Child, Distinct, Household, QuotientRecord
from families.services.duplicates import make_one
from foundation.accounts.models import Account
from tenants.townhall.models import School
from tenants.townhall.services import limit_staff
from tests.billing.conftest import speak_english
from tests.billing.jobs import enter
from tests.families.builders import NOW, browser, make_family

pytestmark = pytest.mark.django_db
LIST = "families_duplicates:duplicates"


@pytest.fixture
def twice(rochebelle):
    """Two files of one family."""
    speak_english(rochebelle)
    return make_family("a@example.com", "Lina"), make_family("b@example.com", "Lina")


def clerk(*rights, school=None):
    account = Account.objects.create_user("agent@town.example", is_staff=True)
    account.user_permissions.set(
        Permission.objects.filter(
            codename__in=["access_admin", "view_household", "view_child", *rights]
        )
    )
    if school is not None:
        limit_staff(
            account=account,
            actor=None,
            all_departments=True,
            departments=[],
            all_schools=False,
            schools=[school],
        )
    client = browser()
    client.force_login(account)
    return client


def pair_of(kind, one, other, *, name="compared"):
    return reverse(f"families_duplicates:{name}", args=[kind, *ids(one, other)])


def ids(*records):
    return [each.public_id for each in records]


def files(twice):
    return twice[0].household, twice[1].household


def answers(kept, **more):
    return {"form_key": uuid4(), "kept": kept.public_id, "reason": "Twice.", **more}


def test_the_list_says_why_two_files_look_the_same(twice, rochebelle):
    client = clerk("change_household")

    page = client.get(reverse(LIST)).text
    children = client.get(reverse(LIST), {"kind": "child"}).text

    enter(rochebelle)
    assert "Same name and address" in page
    assert all(each.file_number in page for each in files(twice))
    assert "Same name and birth date" in children


def test_both_are_shown_with_their_differences(twice, rochebelle):
    one, other = files(twice)
    page = clerk("change_household").get(pair_of("household", one, other)).text

    enter(rochebelle)
    assert "<strong>a@example.com</strong>" in page
    assert "<strong>b@example.com</strong>" in page
    assert "<td>3 rue des Tilleuls</td>" in page


def test_the_clerk_says_which_one_stays_before_anything(twice, rochebelle):
    one, other = files(twice)
    client, url = clerk("change_household"), pair_of("household", one, other)
    enter(rochebelle)
    given = answers(one)
    del given["kept"]

    page = client.get(url).context["form"]
    refused = client.post(url, given).text

    assert page["kept"].value() is None
    assert "Choose the one that stays." in refused


@pytest.mark.parametrize("kind", ["person", "child"])
def test_adults_and_children_are_compared_too(kind, twice, rochebelle):
    one, other = (
        each.person if kind == "person" else each.children[0] for each in twice
    )
    page = clerk("change_household").get(pair_of(kind, one, other)).text

    assert page.count("Different") >= 1
    assert "See what will move" in page


def test_the_clerk_sees_what_will_move_then_confirms(twice, rochebelle):
    kept, lost = files(twice)
    client, url = clerk("change_household"), pair_of("household", *files(twice))
    given = answers(kept)

    asked = client.post(url, given).text
    enter(rochebelle)
    before = Household.objects.get(pk=lost.pk).merged_into
    done = client.post(url, given | {"is_confirmed": "on"})

    enter(rochebelle)
    assert "Guardians: 1" in asked
    assert "This cannot be undone." in asked
    assert before is None
    assert Household.objects.get(pk=lost.pk).merged_into == kept
    assert done.url == reverse("families_staff:file", args=ids(kept))


def test_children_become_one(twice, rochebelle):
    kept, lost = twice[1].children[0], twice[0].children[0]
    url = pair_of("child", lost, kept)

    clerk("change_household").post(url, answers(kept, is_confirmed="on"))

    enter(rochebelle)
    assert Child.objects.get(pk=lost.pk).merged_into == kept


def test_a_merge_sent_again_leads_to_the_one_that_stays(twice, rochebelle):
    kept, _lost = files(twice)
    client, url = clerk("change_household"), pair_of("household", *files(twice))
    given = answers(kept, is_confirmed="on")
    client.post(url, given)

    again, later = client.post(url, given), client.get(url, follow=True)

    assert again.url == reverse("families_staff:file", args=ids(kept))
    assert "The two were made one already." in later.text


def test_what_was_made_one_out_of_the_clerk_s_part_is_not_told(twice, rochebelle):
    kept, lost = (each.children[0] for each in twice)
    limited = clerk("change_household", school=School.objects.first())
    make_one(Alike.CHILD, kept=kept, lost=lost, actor=kept_by(), reason="twice")

    page = limited.get(pair_of("child", kept, lost))

    assert page.status_code == 404


def kept_by():
    return Account.objects.filter(is_superuser=True).earliest("pk")


def test_what_excludes_each_other_is_refused_in_words(twice, rochebelle):
    for number, household in enumerate(files(twice)):
        QuotientRecord.objects.create(
            household=household, value=500 + number, from_on=NOW.date()
        )
    url = pair_of("household", *files(twice))

    page = clerk("change_household").post(
        url, answers(files(twice)[0], is_confirmed="on")
    )

    enter(rochebelle)
    assert "Both have family quotients that cannot stand together." in page.text
    assert not Household.objects.exclude(merged_into=None).exists()


def test_two_who_sign_in_are_refused_in_words(twice, rochebelle):
    one, other = twice[0].person, twice[1].person
    url = pair_of("person", one, other)

    page = clerk("change_household").post(url, answers(one, is_confirmed="on"))

    assert "Both adults sign in." in page.text


def test_two_different_ones_are_kept_as_such(twice, rochebelle):
    client = clerk("change_household")
    url = pair_of("household", *files(twice), name="apart")

    nothing = client.post(url, {"form_key": uuid4()})
    done = client.post(url, {"form_key": uuid4(), "reason": "Two sisters."})
    page = client.get(done.url).text

    enter(rochebelle)
    assert nothing.status_code == 200
    assert Distinct.objects.count() == 1
    assert "Nothing looks entered twice." in page


def test_a_file_is_merged_with_the_one_of_a_number(twice, rochebelle):
    one, other = files(twice)
    client = clerk("change_household")
    url = reverse("families_duplicates:with", args=ids(one))
    file = client.get(reverse("families_staff:file", args=ids(one))).text

    unknown = client.post(url, {"file_number": "F-00000000"}).text
    found = client.post(url, {"file_number": other.file_number.lower()})

    assert url in file
    assert "No other file has this number." in unknown
    assert found.url == pair_of("household", one, other)


def test_a_pair_is_two_records_that_the_clerk_sees(twice, rochebelle):
    one, other = files(twice)
    school = School.objects.get(code="tilleuls")
    twice[0].children[0].school = school
    twice[0].children[0].save()
    client = clerk("change_household", school=school)

    paths = [
        pair_of("household", one, other),
        pair_of("household", one, one),
        pair_of("tax", one, other),
    ]

    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    assert (
        client.post(pair_of("household", one, other, name="apart")).status_code == 404
    )


def test_the_permission_is_asked_for(twice, rochebelle):
    client = clerk()
    paths = [reverse(LIST), pair_of("household", *files(twice))]

    assert all(client.get(path).status_code in {302, 403} for path in paths)


@pytest.mark.parametrize("count", [2, 12])
def test_the_list_costs_the_same_at_any_length(
    count, rochebelle, django_assert_num_queries
):
    for number in range(count):
        make_family(f"m{number}@example.com", "Lina")
    client = clerk("change_household")
    client.get(reverse(LIST))
    enter(rochebelle)

    with django_assert_num_queries(17):
        client.get(reverse(LIST))
