"""A family explains an absence; the town decides; the days follow."""

import pytest
from django.core import mail

from enrolment.enums import Attendance
from enrolment.models import Booking
from enrolment.services.absence_errors import NoDayChosenError, NotToExplainError
from enrolment.services.absences import (
    accept_absence,
    bookings_to_explain,
    explain_absence,
    refuse_absence,
)
from families.enums import ProofStatus, ProofSubject, ProofValidity, Proves
from families.models import ProofType
from families.services.proof_values import Given
from foundation.accounts.models import Account
from tests.enrolment.booking_builders import NOW, TODAY, accepted_family, book, lunch
from tests.enrolment.request_builders import clean_file

MONDAY, TUESDAY = "2026-11-30", "2026-12-01"


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


@pytest.fixture
def family(rochebelle):
    family = accepted_family()
    book(family, lunch(MONDAY), lunch(TUESDAY))
    return family


@pytest.fixture
def clerk(rochebelle):
    return Account.objects.create_user("clerk@example.com", is_staff=True)


@pytest.fixture
def illness(rochebelle):
    return ProofType.objects.create(
        code="absence",
        name="Justificatif d'absence",
        subject=ProofSubject.CHILD,
        validity=ProofValidity.UNLIMITED,
        proves=Proves.ABSENCE,
    )


def explain(family, illness, bookings, name="certificat.pdf"):
    return explain_absence(
        household=family.household,
        child=family.children[0],
        proof_type=illness,
        bookings=bookings,
        given=Given(files=[clean_file(name, name.encode())]),
        actor=family.account,
        now=NOW,
        today=TODAY,
    )


def of_day(day):
    return Booking.objects.get(session__starts_on=day)


def test_an_accepted_reason_justifies_its_days_and_no_other(family, illness, clerk):
    proof = explain(family, illness, [of_day(MONDAY)])

    count = accept_absence(proof=proof, reviewer=clerk, now=NOW, today=TODAY)

    assert count == 1
    assert of_day(MONDAY).attendance == Attendance.ABSENT_JUSTIFIED
    assert of_day(TUESDAY).attendance == Attendance.UNKNOWN


def test_a_day_on_which_the_child_came_stays_present(family, illness, clerk):
    proof = explain(family, illness, [of_day(MONDAY), of_day(TUESDAY)])
    Booking.objects.filter(pk=of_day(MONDAY).pk).update(attendance="present")

    count = accept_absence(proof=proof, reviewer=clerk, now=NOW, today=TODAY)

    assert count == 1
    assert of_day(MONDAY).attendance == Attendance.PRESENT


def test_a_refused_reason_changes_nothing_and_may_be_sent_again(family, illness, clerk):
    proof = explain(family, illness, [of_day(MONDAY)])
    refuse_absence(proof=proof, reviewer=clerk, reason="Illisible.", now=NOW)

    again = explain(family, illness, [of_day(MONDAY)], "lisible.pdf")

    assert again.status == ProofStatus.SUBMITTED
    assert of_day(MONDAY).attendance == Attendance.UNKNOWN


def test_a_second_day_joins_the_reason_that_waits(family, illness):
    first = explain(family, illness, [of_day(MONDAY)])

    second = explain(family, illness, [of_day(TUESDAY)], "suite.pdf")

    assert second == first
    assert first.documents.count() == 2
    assert first.excused_bookings.count() == 2


def test_only_ones_own_booked_days_are_explained(family, illness):
    stranger = accepted_family("paul@example.com", "Zoé")
    book(stranger, lunch(MONDAY))
    theirs = Booking.objects.get(household=stranger.household)

    with pytest.raises(NotToExplainError):
        explain(family, illness, [theirs])
    with pytest.raises(NoDayChosenError):
        explain(family, illness, [])


def test_days_far_away_are_not_offered(family):
    child = family.children[0]
    offered = bookings_to_explain(family.household, child, today=TODAY)
    later = bookings_to_explain(
        family.household, child, today=TODAY.replace(year=2027, month=3)
    )

    assert offered.count() == 2
    assert not later.exists()


def test_the_family_reads_what_becomes_of_its_days_and_of_their_price(
    family, illness, clerk
):
    proof = explain(family, illness, [of_day(MONDAY), of_day(TUESDAY)])
    Booking.objects.filter(pk=of_day(MONDAY).pk).update(attendance="present")
    mail.outbox.clear()

    accept_absence(proof=proof, reviewer=clerk, now=NOW, today=TODAY)

    (letter,) = mail.outbox
    department = of_day(MONDAY).session.activity.service.department
    assert letter.to == [family.account.email]
    assert department.name in letter.body
    justified, seen = letter.body.split("Repas", 1)
    assert "décembre" in justified
    assert "30" in seen


def test_a_refused_reason_is_written_with_the_days_still_due(family, illness, clerk):
    proof = explain(family, illness, [of_day(MONDAY)])
    mail.outbox.clear()

    refuse_absence(proof=proof, reviewer=clerk, reason="Illisible.", now=NOW)

    (letter,) = mail.outbox
    assert "Illisible." in letter.body
    assert "30" in letter.body
