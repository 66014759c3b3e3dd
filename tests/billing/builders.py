"""Families, bookings and invoices, made as the applications below make them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from billing.models import Regie
from catalog.domain.prices.context import PriceContext
from catalog.models import Activity, Session, TariffVersion
from enrolment.enums import Attendance, BookingStatus
from enrolment.models import Booking, Order
from families.enums import GuardianRole
from families.models import Child, ChildMembership, Guardian, Household, Person
from foundation.accounts.models import Account
from foundation.periods import Period

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
SWEET_IBAN = "FR14 2004 1010 0505 0001 3M02 606"

_numbers = count(1)


@dataclass
class Family:
    """A household with one adult who signs in, and one child."""

    household: Household
    account: Account
    person: Person
    child: Child


def a_family(**changes: Any) -> Family:
    """Return a family that may sign in; `last_name` and the address may change."""
    number = next(_numbers)
    name = changes.pop("last_name", f"Martin{number}")
    facts = {"street": f"{number} rue des Écoles", "postal_code": "59223"}
    household = Household.objects.create(
        file_number=f"F-{number:06d}", city="Rochebelle", **(facts | changes)
    )
    account = Account.objects.create_user(
        f"zoe{number}@example.org", "a very long secret", first_name="Zoé"
    )
    person = Person.objects.create(
        account=account, first_name="Zoé", last_name=name, email=account.email
    )
    Guardian.objects.create(
        household=household, person=person, role=GuardianRole.RESPONSIBLE
    )
    child = Child.objects.create(
        first_name="Lina", last_name=name, birth_date=date(2018, 5, 4)
    )
    ChildMembership.objects.create(household=household, child=child)
    return Family(household, account, person, child)


def a_regie(**changes: Any) -> Regie:
    """Return the town's régie, connected to an account of its own."""
    regie = Regie.objects.get(code="enfance")
    for name, value in ({"stripe_account": "acct_rochebelle"} | changes).items():
        setattr(regie, name, value)
    regie.save()
    return regie


def lunches(days: Iterable[date]) -> list[Session]:
    """Return canteen sessions of some days, made when they do not exist."""
    activity = Activity.objects.get(code="repas")
    return [
        Session.objects.get_or_create(
            activity=activity,
            name="",
            starts_on=day,
            start_time=time(11, 45),
            defaults={"ends_on": day, "end_time": time(13, 30)},
        )[0]
        for day in days
    ]


def november(days: int) -> list[date]:
    """Return the first days of November."""
    return [date(2026, 11, 1) + timedelta(days=index) for index in range(days)]


def trace_of(minor: int, day: date, currency: str = "EUR") -> dict[str, Any]:
    """Return the trace of a set price."""
    after = f"{minor / 100:.2f}"
    step: dict[str, Any] = {"kind": "method", "message": "fixed", "params": {}}
    return {
        "engine": 1,
        "tariff": "0" * 64,
        "currency": currency,
        "rule": "resident",
        "inputs": PriceContext(day).to_data(),
        "steps": [step | {"before": None, "after": after}],
        "minor": minor,
    }


def booked(
    family: Family, session: Session, *, minor: int = 345, **changes: Any
) -> Booking:
    """Return a booking, not saved."""
    return Booking(
        **{
            "session": session,
            "child": family.child,
            "household": family.household,
            "status": BookingStatus.BOOKED,
            "tariff_version": TariffVersion.objects.order_by("pk").first(),
            "price_minor": minor,
            "currency": "EUR",
            "split": {"care": 0, "meal": minor, "other": 0},
            "trace": trace_of(minor, session.starts_on),
            "booked_by": family.account,
            "booked_at": datetime(2026, 10, 20, 12, tzinfo=UTC),
            **changes,
        }
    )


def book(family: Family, session: Session, **changes: Any) -> Booking:
    """Return a saved booking."""
    booking = booked(family, session, **changes)
    booking.save()
    return booking


def excuse(booking: Booking) -> None:
    """Record a justified absence."""
    booking.attendance = Attendance.ABSENT_JUSTIFIED
    booking.save(update_fields=["attendance"])


def an_order(family: Family, *, minor: int = 3900) -> Order:
    """Return a confirmed order of one swimming course."""
    course = Session.objects.filter(activity__code="natation").order_by("pk").first()
    assert course is not None
    order = Order.objects.create(
        reference=f"C-{next(_numbers):06d}",
        household=family.household,
        placed_by=family.account,
        placed_at=NOW,
        total_minor=minor,
        currency="EUR",
    )
    book(family, course, minor=minor, order=order)
    return order
