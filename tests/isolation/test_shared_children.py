"""Two households share a child: what each finds of the other, cell by cell.

The table is docs/algorithms/households.md. Everything private of the mother's household
carries a mark; the father's pages, messages and programs never show it.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django_tenants.utils import tenant_context

from enrolment.models import Booking
from families.enums import ProofKind, ProofSubject, ProofValidity, Proves, Residence
from families.models import (
    Child,
    ChildMembership,
    Custody,
    Document,
    Person,
    Proof,
    ProofType,
    QuotientRecord,
    ResidenceRecord,
)
from families.services.proofs import accept_proof
from families.services.shared_children import share
from foundation.post.models import OutgoingMail
from tests.families.builders import NOW, TODAY, browser
from tests.hostile.planted import Planted, bill, plant

MARK = "Zorglubane"
MONTH = "2026-12"


@pytest.fixture
def parents(rochebelle: Any, settings: Any, tmp_path: Any) -> tuple[Planted, Planted]:
    """Plant both households; the mother's child is shared with the father."""
    settings.PREAU_PRIVATE_ROOT = tmp_path
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    mother = plant(MARK, postal_code="59223", service="cantine")
    father = plant("Hugolin", postal_code="59223", service="cantine")
    bill(mother, father)
    QuotientRecord.objects.create(
        household=mother.family.household,
        value="4321",
        source=f"CAF {MARK}",
        from_on=TODAY,
    )
    ResidenceRecord.objects.create(
        household=mother.family.household,
        status=Residence.RESIDENT,
        source=MARK,
        from_on=TODAY,
    )
    child = mother.family.children[0]
    # The name and the school belong to the child: both parents know them.
    Child.objects.filter(pk=child.pk).update(
        first_name="Lina", last_name="Partagée", other_school="Jean Jaurès"
    )
    Person.objects.filter(pk=mother.family.person.pk).update(
        first_name="Claire", last_name="Martin"
    )
    # A judgment is known to both it was made for.
    Custody.objects.filter(child=child).update(source="Jugement du 3 mars")
    share(
        child=child,
        household=father.family.household,
        actor=father.family.account,
    )
    return mother, father


def browser_of(town, planted):
    client = browser()
    with tenant_context(town):
        client.force_login(planted.family.account)
    return client


def opens(client, path):
    """Say whether a page answers; a file is read to its end, which closes it."""
    answer = client.get(path)
    if answer.streaming:
        answer.getvalue()
    return answer.status_code == 200


def plain_pages():
    """Return the pages of the family space that need no identifier."""
    names = [
        "families:home",
        "families:household",
        "families:address",
        "families:children",
        "families:proofs",
        "enrolment:bookings",
        "enrolment:bookings-history",
        "enrolment:basket",
        "enrolment:requests",
        "enrolment:request-new",
        "billing:invoices",
        "billing:debits",
    ]
    return [reverse(name, urlconf="portal.urls_town") for name in names]


def about_child(mother):
    child = mother.ids["child"]
    return [
        f"/my/children/{child}/",
        f"/my/children/{child}/custody/?month={MONTH}",
        f"/my/children/{child}/custody/propose/",
    ]


def test_no_page_of_the_father_shows_what_is_the_mothers(parents, rochebelle):
    mother, father = parents
    client = browser_of(rochebelle, father)
    activity = mother.ids["booking"]
    with tenant_context(rochebelle):
        activity = Booking.objects.get(public_id=activity).session.activity.public_id
    grid = f"/my/bookings/{mother.ids['child']}/{activity}/?month={MONTH}"
    paths = [*plain_pages(), *about_child(mother), grid, "/api/v1/my/bookings/"]
    paths.append("/api/v1/my/invoices/")

    answers = {path: client.get(path) for path in paths}

    assert {path: a.status_code for path, a in answers.items()} == dict.fromkeys(
        paths, 200
    )
    private = [MARK, "4321", "4 321"]
    shown = [
        (path, word)
        for path, answer in answers.items()
        for word in private
        if word in answer.content.decode()
    ]
    assert shown == []


@pytest.mark.parametrize(
    "path",
    [
        "/my/invoices/{invoice}/",
        "/my/invoices/{invoice}/document/",
        "/my/payments/{payment}/receipt/",
        "/my/direct-debit/{mandate}/document/",
        "/my/documents/{document}/",
        "/my/requests/{request}/",
        "/my/bookings/{booking}/cancel/",
        "/my/bookings/orders/{order}/",
        "/api/v1/my/invoices/{invoice}/",
    ],
)
def test_what_belongs_to_the_mothers_household_is_not_found(parents, rochebelle, path):
    mother, father = parents
    theirs, ours = path.format(**mother.ids), path.format(**father.ids)
    client = browser_of(rochebelle, father)

    assert client.get(theirs).status_code == 404
    assert opens(client, ours)


def test_both_know_that_the_child_is_expected_but_not_the_price(parents, rochebelle):
    mother, father = parents
    with tenant_context(rochebelle):
        booking = Booking.objects.get(public_id=mother.ids["booking"])
        Booking.objects.filter(pk=booking.pk).update(price_minor=98765)
        activity = booking.session.activity.public_id
    path = f"/my/bookings/{mother.ids['child']}/{activity}/?month={MONTH}"

    seen = browser_of(rochebelle, father).get(path).text
    own = browser_of(rochebelle, mother).get(path).text

    assert "By the other household" in seen
    assert not re.search(r"987[.,]65", seen)
    assert re.search(r"987[.,]65", own)


def test_the_father_does_not_cancel_what_the_mother_booked(parents, rochebelle):
    mother, father = parents
    client = browser_of(rochebelle, father)

    answer = client.post(f"/my/bookings/{mother.ids['booking']}/cancel/")

    assert answer.status_code == 404
    with tenant_context(rochebelle):
        booking = Booking.objects.get(public_id=mother.ids["booking"])
        assert booking.status == "booked"


def test_a_care_plan_is_known_to_both_and_its_document_to_one(parents, rochebelle):
    mother, father = parents
    with tenant_context(rochebelle):
        document = _care_plan(mother)
    client = browser_of(rochebelle, father)

    page = client.get("/my/household/").text

    assert "Care plan (PAI) in force" in page
    assert "handed in by the other household" in page
    assert client.get(f"/my/documents/{document}/").status_code == 404
    own = browser_of(rochebelle, mother)
    assert opens(own, f"/my/documents/{document}/")


def test_a_closed_file_leaves_the_name_only(parents, rochebelle):
    mother, father = parents
    with tenant_context(rochebelle):
        ChildMembership.objects.filter(
            household=father.family.household, child__public_id=mother.ids["child"]
        ).update(sees_file=False)
    client = browser_of(rochebelle, father)

    statuses = {client.get(path).status_code for path in about_child(mother)}

    assert statuses == {404}
    assert "Lina Partagée" in client.get("/my/children/").text
    assert "The file is kept by the other household." in (
        client.get("/my/household/").text
    )


def test_a_child_who_left_is_as_one_that_does_not_exist(parents, rochebelle):
    mother, father = parents
    with tenant_context(rochebelle):
        ChildMembership.objects.filter(
            household=father.family.household, child__public_id=mother.ids["child"]
        ).update(until_on=timezone.localdate() - timedelta(days=1))
    client = browser_of(rochebelle, father)

    statuses = {client.get(path).status_code for path in about_child(mother)}

    assert statuses == {404}
    assert "Lina" not in client.get("/my/children/").text
    assert "Lina" not in client.get("/my/").text


def test_messages_go_to_the_household_they_are_about(parents, rochebelle):
    mother, father = parents
    address = father.family.account.email

    sent = [(each.to, each.body) for each in mail.outbox]
    sent += list(OutgoingMail.objects.values_list("recipients", "text"))

    to_father = [text for recipients, text in sent if address in recipients]
    assert to_father
    assert not [text for text in to_father if MARK in text]
    to_mother = [r for r, _t in sent if mother.family.account.email in r]
    assert all(address not in recipients for recipients in to_mother)


def _care_plan(mother):
    """Accept the care plan of the shared child; return its document's public id."""
    kind = ProofType.objects.create(
        code="pai-essai",
        name="PAI",
        kind=ProofKind.FILE,
        subject=ProofSubject.CHILD,
        validity=ProofValidity.UNLIMITED,
        validity_months=None,
        proves=Proves.CARE_PLAN,
    )
    known = Document.objects.get(public_id=mother.ids["document"])
    proof = Proof.objects.create(
        proof_type=kind,
        household=mother.family.household,
        child=Child.objects.get(public_id=mother.ids["child"]),
        submitted_by=mother.family.account,
        submitted_at=NOW,
    )
    Document.objects.filter(pk=known.pk).update(proof=proof)
    accept_proof(
        proof=proof,
        reviewer=mother.family.account,
        valid_from=TODAY,
        now=NOW,
    )
    return known.public_id
