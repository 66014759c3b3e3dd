"""Two records of one family become one."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from billing.models import Charge, Invoice, LedgerEntry
from enrolment.models import AccessRequest, Booking
from families.enums import GuardianRole
from families.models import (
    ChildMembership,
    Following,
    Guardian,
    Household,
    Proof,
    QuotientRecord,
    SearchEntry,
)
from families.queries.search import find_families
from families.services.merging import (
    MergeRefusedError,
    merge_children,
    merge_households,
    merge_people,
)
from families.services.merging.moving import label_of, relations_to
from foundation.journal.models import Entry
from tenants.domain.scope import EVERYTHING
from tests.billing.builders import a_family, a_regie, book, lunches, november
from tests.billing.conftest import issue
from tests.enrolment.request_builders import make_clerk, sent
from tests.families.builders import make_family, make_person

pytestmark = pytest.mark.django_db
WHY = "Typed twice at the counter."


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


@pytest.fixture
def kept(rochebelle):
    return make_family("claire@example.com", "Lina")


@pytest.fixture
def lost(rochebelle):
    return make_family("claire.martin@example.org", "Tom")


@pytest.fixture
def clerk(rochebelle):
    return make_clerk()


def merge(kept, lost, clerk):
    return merge_households(kept=kept, lost=lost, actor=clerk, reason=WHY)


def test_everything_of_a_file_moves(kept, lost, clerk):
    request = sent(lost)
    proofs = Proof.objects.filter(household=lost.household).count()

    merge(kept.household, lost.household, clerk)

    request.refresh_from_db()
    assert request.household == kept.household
    assert Proof.objects.filter(household=kept.household).count() == proofs
    assert ChildMembership.objects.filter(household=kept.household).count() == 2
    assert Following.objects.get().household == kept.household
    assert list(
        Guardian.objects.filter(household=kept.household)
        .order_by("role")
        .values_list("person", "role")
    ) == [
        (lost.person.pk, GuardianRole.CO_RESPONSIBLE),
        (kept.person.pk, GuardianRole.RESPONSIBLE),
    ]


def test_nothing_that_may_move_leads_to_the_lost_file(kept, lost, clerk):
    sent(lost)

    merge(kept.household, lost.household, clerk)

    left = {
        label_of(field)
        for field in relations_to(Household)
        if field.model._base_manager.filter(**{field.name: lost.household}).exists()
    }
    assert left == set()


def test_issued_invoices_change_hands_and_keep_their_words(rochebelle, clerk):
    kept, lost = a_family(), a_family()
    invoice = issue(a_regie(), lost, minor=345, days=2)
    words = (invoice.addressee, invoice.hash, invoice.reference)

    merge(kept.household, lost.household, clerk)

    invoice.refresh_from_db()
    assert invoice.household == kept.household
    assert (invoice.addressee, invoice.hash, invoice.reference) == words
    assert not Charge.objects.filter(household=lost.household).exists()


def test_balances_are_carried_in_the_books(rochebelle, clerk):
    kept, lost = a_family(), a_family()
    issue(a_regie(), lost, minor=345, days=2)

    merge(kept.household, lost.household, clerk)

    def owed(household):
        mine = LedgerEntry.objects.filter(household=household, account="receivable")
        return mine.aggregate(sum=Sum("amount_minor", default=0))["sum"]

    assert (owed(lost.household), owed(kept.household)) == (0, 690)
    assert LedgerEntry.objects.aggregate(sum=Sum("amount_minor"))["sum"] == 0


def test_an_issued_invoice_follows_a_merge_only(rochebelle):
    other, family = a_family(), a_family()
    invoice = issue(a_regie(), family, minor=345, days=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Invoice.objects.filter(pk=invoice.pk).update(household=other.household)
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.filter(invoice=invoice).update(child=other.child)

    invoice.refresh_from_db()
    assert invoice.household == family.household


def test_the_number_of_the_lost_file_still_finds_the_family(kept, lost, clerk):
    merge(kept.household, lost.household, clerk)

    found = find_families(lost.household.file_number, scope=EVERYTHING)

    assert found.households == [kept.household]
    assert SearchEntry.objects.count() == 1


def test_an_open_request_of_both_for_one_child_is_refused(kept, lost, clerk):
    ChildMembership.objects.create(household=lost.household, child=kept.children[0])
    sent(kept)
    shared = make_request_of(lost, kept.children[0])

    with pytest.raises(MergeRefusedError, match="access requests"):
        merge(kept.household, lost.household, clerk)

    shared.refresh_from_db()
    assert shared.household == lost.household


def make_request_of(family, child):
    model = AccessRequest.objects.get()
    return AccessRequest.objects.create(
        tracking_number="D-OTHER",
        household=family.household,
        child=child,
        service=model.service,
        status=model.status,
        submitted_by=family.account,
        submitted_at=model.submitted_at,
    )


def test_overlapping_quotients_are_refused_with_the_reason(kept, lost, clerk):
    for family, value in ((kept, 500), (lost, 700)):
        QuotientRecord.objects.create(
            household=family.household, value=value, from_on=date(2026, 9, 1)
        )

    with pytest.raises(MergeRefusedError, match="family quotients"):
        merge(kept.household, lost.household, clerk)

    assert Household.objects.get(pk=lost.household.pk).merged_into is None


def test_a_file_is_merged_once_and_never_with_itself(kept, lost, clerk):
    with pytest.raises(MergeRefusedError):
        merge(kept.household, kept.household, clerk)
    merge(kept.household, lost.household, clerk)

    with pytest.raises(MergeRefusedError):
        merge(kept.household, lost.household, clerk)


def test_the_journal_keeps_what_was_before(kept, lost, clerk):
    merge(kept.household, lost.household, clerk)

    entry = Entry.objects.get(action="household merged")

    assert entry.record == kept.household.public_id
    assert entry.old["file_number"] == lost.household.file_number
    assert entry.old["street"] == lost.household.street
    assert "families.guardian.household" in entry.old["rows"]
    assert (entry.actor, entry.reason) == (clerk, WHY)


def test_an_adult_entered_twice_becomes_one(kept, clerk):
    double = make_person("double@example.com")
    account = double.account
    double.account = None
    double.phone = "06 12 34 56 78"
    double.save()
    Guardian.objects.create(
        household=kept.household, person=double, role=GuardianRole.CO_RESPONSIBLE
    )

    person = merge_people(kept=kept.person, lost=double, actor=clerk, reason=WHY)

    assert person.phone == "06 12 34 56 78"
    assert person.account == kept.account != account
    assert Guardian.objects.get(household=kept.household).person == person


def test_the_only_account_of_two_adults_stays(kept, clerk):
    bare = make_person("bare@example.com")
    bare.account = None
    bare.save()

    person = merge_people(kept=bare, lost=kept.person, actor=clerk, reason=WHY)

    assert person.account == kept.account
    place = Guardian.objects.get(household=kept.household)
    assert (place.person, place.role) == (bare, GuardianRole.RESPONSIBLE)


def test_two_adults_who_sign_in_are_refused(kept, lost, clerk):
    with pytest.raises(MergeRefusedError, match="Both adults sign in"):
        merge_people(kept=kept.person, lost=lost.person, actor=clerk, reason=WHY)


def test_a_child_entered_twice_becomes_one(rochebelle, clerk):
    kept, lost = a_family(), a_family()
    booking = book(lost, lunches(november(1))[0])

    merge_children(kept=kept.child, lost=lost.child, actor=clerk, reason=WHY)

    booking.refresh_from_db()
    assert booking.child == kept.child
    assert set(kept.child.households.all()) == {kept.household, lost.household}
    assert not lost.child.households.exists()


def test_lines_already_issued_follow_the_child(rochebelle, clerk):
    kept, lost = a_family(), a_family()
    issue(a_regie(), lost, minor=345, days=1)

    merge_children(kept=kept.child, lost=lost.child, actor=clerk, reason=WHY)

    assert Charge.objects.get().child == kept.child


def test_a_child_in_two_places_at_once_is_refused(rochebelle, clerk):
    kept, lost = a_family(), a_family()
    session = lunches(november(1))[0]
    book(kept, session)
    book(lost, session)

    with pytest.raises(MergeRefusedError, match="bookings"):
        merge_children(kept=kept.child, lost=lost.child, actor=clerk, reason=WHY)

    assert Booking.objects.filter(child=lost.child).exists()
