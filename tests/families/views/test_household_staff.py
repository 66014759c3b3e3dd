"""Staff: who is in a household, sharing, quotients, custody."""

from uuid import uuid4

from django.contrib.auth.models import Permission
from django_tenants.utils import tenant_context

from families.enums import CustodyStatus, GuardianRole
from families.models import (
    ChildMembership,
    Custody,
    Guardian,
    QuotientRecord,
    ResidenceRecord,
)
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tests.families.builders import TODAY, browser, make_family, make_person
from tests.families.sharing_builders import separated

RIGHTS = ("change_household", "change_quotientrecord", "change_custody")


def clerk(*rights):
    """Return the browser of a clerk with some rights on families."""
    account = Account.objects.create_user("agent@rochebelle.example", is_staff=True)
    account.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", *rights])
    )
    client = browser()
    client.force_login(account)
    return client


def at(household, *steps):
    return "/".join(["/admin/households", str(household.public_id), *map(str, steps)])


def form(**answers):
    return {"form_key": uuid4(), "reason": "Judgment seen", **answers}


def test_the_page_shows_people_sharing_and_what_is_proven(rochebelle):
    mother, father = separated()
    page = clerk(*RIGHTS).get(at(mother.household, "")).text

    assert "Shared with Paul Martin" in page
    assert father.household.file_number in page
    assert "Write a quotient" in page


def test_a_clerk_without_the_right_is_refused(rochebelle):
    mother, _father = separated()
    client = clerk("change_proof")

    paths = [at(mother.household, step) for step in ("", "quotient/", "residence/")]

    assert all(client.get(path).status_code in {302, 403} for path in paths)


def test_an_unknown_household_is_not_found(rochebelle):
    client = clerk(*RIGHTS)

    assert client.get(f"/admin/households/{uuid4()}/").status_code == 404


def test_a_quotient_is_written_once_and_journalled(rochebelle):
    family = make_family()
    client, path = clerk(*RIGHTS), at(family.household, "quotient/")
    answers = form(
        value="812.50", kind="caf", from_on=TODAY.isoformat(), source="CAF paper"
    )

    sent = [client.post(path, answers) for _time in range(2)]

    assert [answer.status_code for answer in sent] == [302, 302]
    with tenant_context(rochebelle):
        assert QuotientRecord.objects.get().kind == "caf"
        entry = Entry.objects.get(action="quotient written")
        assert entry.actor is not None
        assert entry.actor.email == "agent@rochebelle.example"


def test_a_past_day_is_refused_in_words(rochebelle):
    family = make_family()
    client, path = clerk(*RIGHTS), at(family.household, "residence/")
    answers = form(status="resident", from_on="2026-01-05", source="Bill")

    refused = client.post(path, answers)
    client.post(path, form(**answers | {"is_correction": "on"}))

    assert "correct a mistake" in refused.text
    with tenant_context(rochebelle):
        assert ResidenceRecord.objects.get().source == "Bill"


def test_a_child_is_shared_by_file_number_then_taken_out(rochebelle):
    mother = make_family("claire@example.com", "Lina")
    father = make_family("paul@example.com")
    child, client = mother.children[0].public_id, clerk(*RIGHTS)
    share = at(mother.household, "children", child, "share/")
    answers = {"sees_file": "on", "from_on": TODAY.isoformat()}

    unknown = client.post(share, form(file_number="0000", **answers))
    client.post(share, form(file_number=father.household.file_number, **answers))
    client.post(at(father.household, "children", child, "seen/"), form())
    with tenant_context(rochebelle):
        place = ChildMembership.objects.get(household=father.household)
    client.post(
        at(father.household, "children", child, "end/"),
        form(until_on="2999-01-01"),
    )

    assert "No other file has this number." in unknown.text
    assert place.sees_file is False
    with tenant_context(rochebelle):
        place.refresh_from_db()
        assert place.until_on is not None
        assert place.until_on.year == 2999
        reasons = Entry.objects.filter(action="child no longer shared")
        assert reasons.get().reason == "Judgment seen"


def test_the_only_household_of_a_child_keeps_it(rochebelle):
    mother = make_family("claire@example.com", "Lina")
    path = at(mother.household, "children", mother.children[0].public_id, "end/")

    answer = clerk(*RIGHTS).post(path, form(until_on="2999-01-01"))

    assert "no other household" in answer.text


def test_a_clerk_names_another_responsible_and_takes_the_former_out(rochebelle):
    family, paul = make_family(), make_person("paul@example.com", "Paul")
    Guardian.objects.create(
        household=family.household, person=paul, role=GuardianRole.CO_RESPONSIBLE
    )
    client = clerk(*RIGHTS)

    client.post(at(family.household, "adults", paul.public_id, "responsible/"), form())
    client.post(
        at(family.household, "adults", family.person.public_id, "remove/"), form()
    )

    with tenant_context(rochebelle):
        assert Guardian.objects.get().person == paul


def test_custody_is_written_proposed_decided_and_ended(rochebelle):
    mother, father = separated()
    child, client = mother.children[0].public_id, clerk(*RIGHTS)
    base = at(mother.household, "children", child, "custody")
    answers = form(
        pattern="alternate",
        household=mother.household.public_id,
        change_weekday="4",
        from_on="2999-01-01",
        source="Judgment",
    )

    client.post(f"{base}/new/", answers)
    shown = client.get(f"{base}/?month=2999-01").text
    with tenant_context(rochebelle):
        custody = Custody.objects.get()
    client.post(f"{base}/{custody.public_id}/end/", form(until_on="2999-06-01"))

    assert "Even weeks: Claire Martin. Odd weeks: Paul Martin." in shown
    with tenant_context(rochebelle):
        custody.refresh_from_db()
        assert custody.until_on is not None
        assert custody.until_on.isoformat() == "2999-06-01"
        custody.pk, custody.public_id = None, uuid4()
        custody.status = CustodyStatus.PROPOSED
        custody.proposed_by = father.household
        custody.save()
    client.post(f"{base}/{custody.public_id}/refuse/", form())
    with tenant_context(rochebelle):
        custody.refresh_from_db()
        assert custody.status == CustodyStatus.REFUSED


def test_a_clerk_of_standing_does_not_write_custody(rochebelle):
    mother, _father = separated()
    child = mother.children[0].public_id
    client = clerk("change_household", "change_quotientrecord")

    answer = client.get(at(mother.household, "children", child, "custody/"))

    assert answer.status_code in {302, 403}
