"""Late pick-ups for tests: an evening care that prices them, children who are there."""

from datetime import UTC, date, datetime, time
from typing import Any

from catalog.models import Activity, Session, Tariff, TariffVersion
from enrolment.enums import Attendance
from enrolment.models import Booking, LatePickup
from enrolment.services.late_pickups import Writing, write_late_pickup
from families.models import Household
from foundation.accounts.models import Account
from tests.enrolment.booking_builders import PARIS, accepted_family, book, lunch
from tests.families.builders import Family

#: Five minutes are forgiven; the third time costs more.
LATE_RULES: list[dict[str, Any]] = [
    {
        "code": "late-resident",
        "when": {
            "event": "late_pickup",
            "residence": "resident",
            "minutes": {"from": 6},
        },
        "method": "fixed",
        "amount": "3.00",
        "split": {"other": "100"},
    },
    {
        "code": "late-outside",
        "when": {
            "event": "late_pickup",
            "residence": "outside",
            "minutes": {"from": 6},
        },
        "method": "fixed",
        "amount": "4.00",
        "split": {"other": "100"},
    },
]
AGAIN: dict[str, Any] = {
    "code": "again",
    "label": "From the third time",
    "when": {"event": "late_pickup", "occurrence": {"from": 3}},
    "method": "amount",
    "amount": "2.00",
}
NIGHT = datetime(2026, 12, 18, 20, tzinfo=UTC)
DAYS = ("2026-12-01", "2026-12-03", "2026-12-04")


def price_lateness(
    code: str = "repas",
    *,
    until: str = "",
    late: list[dict[str, Any]] = LATE_RULES,
    **changes: Any,
) -> TariffVersion:
    """Let the tariff of an activity price late pick-ups, from September 2025 on.

    With `until`, only before that day: another version follows without them.
    """
    known = Activity.objects.get(code=code).tariff.versions.get()
    rules = {**known.rules, "rules": [*late, *known.rules["rules"]], **changes}
    rules["adjustments"] = [*known.rules.get("adjustments", []), AGAIN]
    tariff = Tariff.objects.create(code=f"{code}-late", name="With late pick-ups")
    Activity.objects.filter(code=code).update(tariff=tariff)
    version = _version(tariff, rules, date(2025, 9, 1))
    if until:
        _version(tariff, known.rules, date.fromisoformat(until))
    return version


def _version(tariff: Tariff, rules: Any, day: date) -> TariffVersion:
    return TariffVersion.objects.create(
        tariff=tariff,
        rules=rules,
        vote_number=f"V {day}",
        voted_on=day,
        effective_from=day,
        published_at=NIGHT,
    )


def there(family: Family, day: str, *, child: int = 0) -> Booking:
    """Book a lunch, and tick the child as present."""
    session = lunch(day)
    book(family, session, child=child)
    booking = Booking.objects.get(session=session, child=family.children[child])
    return present(booking)


def present(booking: Booking) -> Booking:
    """Tick a child as present."""
    booking.attendance = Attendance.PRESENT
    booking.save(update_fields=["attendance"])
    return booking


def a_late_family(*days: str, **facts: Any) -> tuple[Family, list[Booking]]:
    """Return a family whose child ate on some days of a tariff with late pick-ups."""
    price_lateness()
    family = accepted_family(**facts)
    return family, [there(family, day) for day in days or DAYS]


def writing(actor: Account, now: datetime = NIGHT) -> Writing:
    """Return who writes, after all the days."""
    return Writing(actor, now, PARIS)


def collected(
    booking: Booking, hour: str, *, day: str = "", now: datetime = NIGHT
) -> LatePickup:
    """Write when a child was collected; the lunch ends at half past one."""
    return write_late_pickup(
        booking=booking,
        day=date.fromisoformat(day) if day else booking.session.starts_on,
        pickup_time=time.fromisoformat(hour),
        writing=writing(booking.booked_by, now),
    )


def prices(household: Household) -> list[tuple[int, int]]:
    """Return the number and the price of each late pick-up written, by day."""
    rows = LatePickup.objects.written().filter(booking__household=household)
    return list(rows.order_by("day").values_list("occurrence", "price_minor"))


def session_of(name: str) -> Session:
    """Return a course by its name."""
    return Session.objects.get(name=name)
