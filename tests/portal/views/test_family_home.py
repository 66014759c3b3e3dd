"""What the family's home asks of the database, with everything a family may have.

The number counts every statement of a request: two of the twelve choose the schema.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from billing.services.runs import draft_run, issue_run
from catalog.models import Session
from enrolment.enums import BookingStatus
from enrolment.models import AccessRequest, Booking
from families.models import Proof, ProofType
from foundation.periods import month_of
from tests.billing.builders import a_regie
from tests.enrolment.booking_builders import (
    NOW,
    accepted_family,
    activity,
    book,
    lunch,
)
from tests.families.builders import Family, browser

STATEMENTS = 12


def fill(family: Family, count: int) -> None:
    """Give a family as many children, proofs, requests, days, holds and invoices."""
    proof_type = ProofType.objects.get(code="assurance")
    service = lunch("2026-12-01").activity.service
    for number, child in enumerate(family.children):
        Proof.objects.create(
            household=family.household,
            child=child,
            proof_type=proof_type,
            submitted_by=family.account,
            submitted_at=NOW,
        )
        AccessRequest.objects.create(
            tracking_number=f"N{number}",
            household=family.household,
            child=child,
            service=service,
            submitted_by=family.account,
        )
    coming = Session.objects.filter(activity__code="repas", starts_on__gte="2026-12-07")
    book(family, *coming.order_by("starts_on")[:count])
    keep_in_basket(family)
    bill(family, count)


def keep_in_basket(family: Family) -> None:
    """Hold a place for each child, as if it had been done a moment ago."""
    model = Booking.objects.latest("pk")
    session = activity("patinage").sessions.earliest("id")
    Session.objects.filter(pk=session.pk).update(capacity=None)
    for child in family.children:
        Booking.objects.create(
            session=session,
            child=child,
            household=family.household,
            status=BookingStatus.HELD,
            held_until=timezone.now() + timedelta(minutes=30),
            tariff_version=model.tariff_version,
            price_minor=2400,
            currency="EUR",
            booked_by=family.account,
        )


def bill(family: Family, count: int) -> None:
    """Issue one invoice to pay for each of so many months."""
    regie = a_regie(stripe_account="acct_home")
    booking = Booking.objects.filter(status="booked").earliest("pk")
    for month in range(count):
        day = datetime(2027 + month // 12, 1 + month % 12, 5, 9, tzinfo=UTC)
        session = Session.objects.create(
            activity=booking.session.activity,
            starts_on=day.date(),
            ends_on=day.date(),
            start_time="18:00",
            end_time="19:00",
        )
        Booking.objects.create(
            session=session,
            child=booking.child,
            household=family.household,
            status=BookingStatus.BOOKED,
            booked_at=day,
            tariff_version=booking.tariff_version,
            price_minor=235,
            split=booking.split,
            trace=booking.trace,
            currency="EUR",
            booked_by=family.account,
        )
        run = draft_run(regie=regie, period=month_of(day.date()), actor=None, now=day)
        issue_run(run=run, actor=None, now=day)


@pytest.mark.parametrize("count", [1, 30])
def test_the_home_costs_the_same_with_one_of_each_or_thirty(
    rochebelle, django_assert_num_queries, count
):
    names = [f"Enfant{number}" for number in range(count)]
    family = accepted_family("claire@example.com", *names)
    fill(family, count)
    client = browser()
    client.force_login(family.account)
    client.get("/my/")

    with django_assert_num_queries(STATEMENTS):
        page = client.get("/my/")

    shown = page.content.decode()
    assert all(f"/my/{part}/" in shown for part in ("invoices", "requests", "basket"))
    assert f"{count} place" in shown
