"""My household: people, invitations, custody, the household that is looked at."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tenants.utils import tenant_context

from families.enums import CustodyStatus, GuardianRole
from families.models import Child, Custody, Guardian, Invitation, InvitationLink
from families.services.shared_children import share
from foundation.post.models import OutgoingMail
from tests.families.builders import browser, make_family, make_person
from tests.families.sharing_builders import separated
from tests.families.views.test_family import ADDRESS, signed_in

TOGETHER = "/my/household/invite/co_responsible/"
SHARING = "/my/household/invite/other_parent/"


def link_in(town):
    """Return the path of the latest link that was sent."""
    with tenant_context(town):
        texts = [str(each.body) for each in mail.outbox] + list(
            OutgoingMail.objects.order_by("pk").values_list("text", flat=True)
        )
    found = [re.search(r"(/my/invitations/[\w-]+/)", text) for text in texts]
    return [each[1] for each in found if each][-1]


def test_the_page_shows_the_household(rochebelle):
    mother, father = separated()

    page = signed_in().get("/my/household/").text

    assert mother.household.file_number in page
    assert "Shared with the household of Paul Martin" in page
    hidden = [father.household.file_number, father.household.street, "paul@example"]
    assert not [word for word in hidden if word in page]


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_as_much_for_many_children(
    rochebelle, django_assert_num_queries, count
):
    _mother, father = separated(*[f"Child{n}" for n in range(count)])
    for child in _mother.children[1:]:
        share(child=child, household=father.household, actor=father.account)
    client = signed_in()
    client.get("/my/household/")

    with django_assert_num_queries(QUERIES_OF_PAGE):
        client.get("/my/household/")


QUERIES_OF_PAGE = 19


def test_a_link_shows_who_invites_and_nothing_more(rochebelle):
    family = make_family("claire@example.com", "Lina")
    signed_in().post(TOGETHER, {"email": "paul@example.com"})

    answer = browser().get(link_in(rochebelle))

    assert "Claire Martin invites you" in answer.text
    hidden = ["Lina", family.household.file_number, family.household.street]
    assert not [word for word in hidden if word in answer.text]
    assert "/accounts/login/?next=" in answer.text


def test_an_invited_adult_signs_in_and_accepts(rochebelle):
    family = make_family()
    make_person("paul@example.com", "Paul")
    signed_in().post(TOGETHER, {"email": "paul@example.com"})
    link, paul = link_in(rochebelle), signed_in("paul@example.com")

    paul.get(link)
    answer = paul.post(link, {"accept": "1"})
    again = paul.get(link)

    assert answer["Location"] == "/my/household/"
    assert "answered already" in again.text
    with tenant_context(rochebelle):
        places = Guardian.objects.filter(household=family.household)
        assert set(places.values_list("role", flat=True)) == set(GuardianRole.values)


def test_nobody_accepts_without_signing_in(rochebelle):
    make_family()
    signed_in().post(TOGETHER, {"email": "paul@example.com"})

    browser().post(link_in(rochebelle), {"accept": "1"})

    with tenant_context(rochebelle):
        assert Guardian.objects.count() == 1


def test_an_old_link_explains_and_sends_a_new_one(rochebelle):
    make_family()
    signed_in().post(TOGETHER, {"email": "paul@example.com"})
    link = link_in(rochebelle)
    with tenant_context(rochebelle):
        long_ago = timezone.now() - timedelta(hours=25)
        InvitationLink.objects.update(
            sent_at=long_ago, expires_at=long_ago + timedelta(hours=24)
        )
    stranger = browser()

    shown = stranger.get(link)
    stranger.post(link)

    assert "This link is over" in shown.text
    assert link_in(rochebelle) != link
    assert "invites you" in stranger.get(link_in(rochebelle)).text
    assert "This link is over" in stranger.get(link).text


def test_a_link_that_leads_nowhere_says_so(rochebelle):
    answer = browser().get("/my/invitations/never-sent/")

    assert answer.status_code == 404
    assert "leads nowhere" in answer.text


def test_the_other_parent_opens_a_household_then_gets_the_child(rochebelle):
    mother = make_family("claire@example.com", "Lina")
    make_person("paul@example.com", "Paul")
    signed_in().post(
        SHARING,
        {"email": "paul@example.com", "children": [mother.children[0].public_id]},
    )
    link, paul = link_in(rochebelle), signed_in("paul@example.com")

    first = paul.get(link)
    shown = paul.get("/my/address/")
    paul.post("/my/address/", ADDRESS)
    paul.post(link, {"accept": "1"})

    assert "First tell us where you live" in first.text
    assert "sent you an invitation" in shown.text
    with tenant_context(rochebelle):
        theirs = Guardian.objects.get(person__account__email="paul@example.com")
        assert theirs.role == GuardianRole.RESPONSIBLE
        assert list(Child.objects.of(theirs.household)) == mother.children


def test_who_signs_up_first_comes_back_to_the_invitation(rochebelle):
    make_family("claire@example.com")
    signed_in().post(TOGETHER, {"email": "paul@example.com"})
    link, visitor = link_in(rochebelle), browser()
    visitor.get(link)
    with tenant_context(rochebelle):
        make_person("other@example.com", "Paul")

    visitor.post(
        "/accounts/login/",
        {"login": "other@example.com", "password": "un-long-secret"},
    )

    assert visitor.post("/my/address/", ADDRESS)["Location"] == link


def test_another_responsibles_invitation_is_not_found(rochebelle):
    make_family()
    signed_in().post(TOGETHER, {"email": "paul@example.com"})
    with tenant_context(rochebelle):
        make_family("eve@example.com")
        known = Invitation.objects.get().public_id
    eve = signed_in("eve@example.com")

    answers = [
        eve.post(f"/my/household/invitations/{known}/withdraw/"),
        eve.get(f"/my/household/invited/{known}/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_child_shared_already_is_not_offered_again(rochebelle):
    separated("Lina")
    client = signed_in()

    page = client.get("/my/household/").text
    answer = client.get(SHARING, follow=True)

    assert SHARING not in page
    assert "Each of your children is shared already." in answer.text


def test_an_invitation_is_taken_back_after_a_question(rochebelle):
    make_family("claire@example.com")
    client = signed_in()
    client.post(TOGETHER, {"email": "paul@example.com"})
    with tenant_context(rochebelle):
        path = (
            f"/my/household/invitations/{Invitation.objects.get().public_id}/withdraw/"
        )

    asked = client.get(path).text
    with tenant_context(rochebelle):
        before = Invitation.objects.get().status
    client.post(path)

    assert "The link sent to paul@example.com stops working." in asked
    assert before == "waiting"
    with tenant_context(rochebelle):
        assert Invitation.objects.get().status != "waiting"


def test_an_adult_of_one_household_has_nothing_to_choose(rochebelle):
    make_family("claire@example.com")

    answer = signed_in().get("/my/households/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/household/")


def test_an_adult_of_two_households_chooses_the_one_to_look_at(
    rochebelle, django_assert_num_queries
):
    one, other = make_family("claire@example.com"), make_family("paul@example.com")
    other.household.street = "9 place Neuve"
    other.household.save()
    Guardian.objects.create(
        household=other.household, person=one.person, role=GuardianRole.CO_RESPONSIBLE
    )
    client = signed_in()

    before = client.get("/my/").text
    stranger = make_family_elsewhere(rochebelle)
    client.post("/my/households/", {"household": stranger})
    unmoved = client.get("/my/household/").text
    client.post("/my/households/", {"household": other.household.public_id})
    after = client.get("/my/household/").text

    assert "You look at the household of 3 rue des Tilleuls" in before
    assert one.household.file_number in unmoved
    assert other.household.file_number in after
    assert one.household.file_number not in after


def make_family_elsewhere(town):
    with tenant_context(town):
        return make_family("eve@example.com").household.public_id


def test_a_household_left_is_no_longer_looked_at(rochebelle):
    one, other = make_family("claire@example.com"), make_family("paul@example.com")
    place = Guardian.objects.create(
        household=other.household, person=one.person, role=GuardianRole.CO_RESPONSIBLE
    )
    client = signed_in()
    client.post("/my/households/", {"household": other.household.public_id})
    with tenant_context(rochebelle):
        place.delete()

    page = client.get("/my/household/").text

    assert one.household.file_number in page
    assert other.household.file_number not in page


def test_a_co_responsible_leaves_and_cannot_take_others_out(rochebelle):
    family, paul = make_family(), make_person("paul@example.com", "Paul")
    Guardian.objects.create(
        household=family.household, person=paul, role=GuardianRole.CO_RESPONSIBLE
    )
    client = signed_in("paul@example.com")

    client.post(TOGETHER, {"email": "eve@example.com"})
    client.post(f"/my/household/adults/{paul.public_id}/remove/", {"reason": "Because"})
    client.get("/my/household/leave/")
    answer = client.post("/my/household/leave/now/")

    assert answer.status_code == 302
    with tenant_context(rochebelle):
        assert not Invitation.objects.exists()
        assert Guardian.objects.get().person == family.person


def test_the_responsible_takes_a_co_responsible_out(rochebelle):
    family, paul = make_family(), make_person("paul@example.com", "Paul")
    Guardian.objects.create(
        household=family.household, person=paul, role=GuardianRole.CO_RESPONSIBLE
    )
    client, path = signed_in(), f"/my/household/adults/{paul.public_id}/remove/"

    without = client.post(path, {"reason": ""})
    client.post(path, {"reason": "We live apart."})

    assert "Say why" in without.text
    with tenant_context(rochebelle):
        assert Guardian.objects.get().person == family.person


def test_both_households_see_the_calendar_and_a_parent_proposes(rochebelle):
    mother, father = separated()
    child = mother.children[0]
    path = f"/my/children/{child.public_id}/custody/"
    proposal = {
        "pattern": "alternate",
        "household": father.household.public_id,
        "change_weekday": "4",
        "from_on": "2026-12-04",
        "source": "judgment of 12 March 2026",
    }

    sent = signed_in("paul@example.com").post(f"{path}propose/", proposal)
    seen = signed_in().get(f"{path}?month=2026-12").text

    assert sent["Location"] == path
    assert "Waiting for the town" in seen
    assert "Even weeks: Paul Martin. Odd weeks: With you." in seen
    with tenant_context(rochebelle):
        assert Custody.objects.get().status == CustodyStatus.PROPOSED


def test_custody_of_another_familys_child_is_not_found(rochebelle):
    mother, _father = separated()
    make_family("eve@example.com")
    path = f"/my/children/{mother.children[0].public_id}/custody/"
    eve = signed_in("eve@example.com")

    assert [eve.get(path).status_code, eve.get(f"{path}propose/").status_code] == [
        404,
        404,
    ]
