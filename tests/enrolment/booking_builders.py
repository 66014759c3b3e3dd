"""Bookings for tests: families accepted in the canteen, courses with few places."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from catalog.models import Activity, Service, Session
from enrolment.enums import BookingStatus
from enrolment.models import Access, Booking
from enrolment.queries.planning import read_activity
from enrolment.services.choosing import Choice
from enrolment.services.holding import Wanted, hold_places
from enrolment.services.ordering import Changes, Done, book_days
from families.models import QuotientRecord, ResidenceRecord
from tests.families.builders import Family, make_family

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = NOW.date()
SEPTEMBER = date(2026, 9, 1)


def accepted_family(
    email: str = "claire@example.com",
    *names: str,
    residence: str | None = "resident",
    quotient: str | None = "700",
) -> Family:
    """Return a family whose children are accepted in the canteen since September."""
    family = make_family(email, *(names or ("Lina",)))
    if residence:
        ResidenceRecord.objects.create(
            household=family.household, status=residence, from_on=SEPTEMBER
        )
    if quotient:
        QuotientRecord.objects.create(
            household=family.household, value=Decimal(quotient), from_on=SEPTEMBER
        )
    service = Service.objects.get(code="cantine")
    for child in family.children:
        Access.objects.create(
            household=family.household,
            child=child,
            service=service,
            situation=service.situations.order_by("position").first(),
            from_on=SEPTEMBER,
            until_on=date(2027, 7, 4),
        )
    return family


def activity(code: str) -> Activity:
    """Return an activity as the services read it."""
    found = read_activity(code=code)
    assert found is not None
    return found


def lunch(day: str) -> Session:
    """Return the canteen of a day."""
    return Session.objects.get(activity__code="repas", starts_on=day)


def course(name: str) -> Session:
    """Return a course by its name."""
    return Session.objects.get(name=name)


def wanted(family: Family, code: str, *sessions: Session, child: int = 0) -> Wanted:
    """Return a child's wish for sessions of an activity."""
    public_id = family.children[child].public_id
    pairs = [(public_id, session.public_id) for session in sessions]
    return Wanted(family.household, activity(code), pairs)


def hold(
    family: Family, code: str, *sessions: Session, child: int = 0, now: datetime = NOW
) -> Choice:
    """Hold places for one child; return what was and what was not."""
    choice, _plan = hold_places(
        wanted=wanted(family, code, *sessions, child=child),
        account=family.account,
        now=now,
        zone=PARIS,
        minutes=30,
    )
    return choice


def book(
    family: Family,
    *sessions: Session,
    give_up: list[Booking] | None = None,
    child: int = 0,
    now: datetime = NOW,
) -> Done:
    """Book canteen days for one child, and give others up."""
    changes = Changes(wanted(family, "repas", *sessions, child=child), give_up or [])
    return book_days(changes=changes, account=family.account, now=now, zone=PARIS)


def codes(choice: Choice | Done) -> list[set[str]]:
    """Return the codes of the refusals, for each place refused."""
    return [{reason.code for reason in each.refusals} for each in choice.refused]


def seats(session: Session) -> int:
    """Return the places taken, as the database counts them."""
    session.refresh_from_db()
    return session.seats_taken


def seated(**lookup: Any) -> int:
    """Count the bookings that take a place."""
    statuses = [BookingStatus.HELD, BookingStatus.BOOKED]
    return Booking.objects.filter(status__in=statuses, **lookup).count()


def missing() -> UUID:
    """Return an identifier of nothing."""
    return UUID("00000000-0000-4000-8000-000000000000")
