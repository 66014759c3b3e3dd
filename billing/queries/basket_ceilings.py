"""What ceilings will take off the places of a basket that are paid at once.

The same rules as the invoice that follows, with what was billed before: a family reads
what it will really pay.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from billing.enums import ReductionKind
from billing.models import Charge, Regie
from catalog.domain.prices import parse_tariff
from catalog.domain.prices.caps import Cap, Capped, Counted, reduce_by_caps
from catalog.enums import BillingMode
from catalog.models import CalendarPeriod, TariffVersion
from enrolment.models import Booking
from foundation.periods import Period

#: The longest that a ceiling counts: a school year, from any of its days.
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken off, in minor units: by booking, and by the words of a ceiling."""

    by_booking: Mapping[int, int] = field(default_factory=dict)
    by_label: Mapping[str, int] = field(default_factory=dict)


def paid_at_once(bookings: Iterable[Booking]) -> list[Booking]:
    """Return the places that are billed when they are ordered."""
    return [
        each
        for each in bookings
        if each.session.activity.service.billing_mode == BillingMode.PREPAID
    ]


def ceilings_of_basket(bookings: Iterable[Booking]) -> Taken:
    """Return what the ceilings of tariffs take off the places paid at once.

    One query when no price has a ceiling, four otherwise.
    """
    paid_now = paid_at_once(bookings)
    caps = _caps_of(paid_now)
    limited = [each for each in paid_now if each.tariff_version_id in caps]
    if not limited:
        return Taken()
    regies = _regies_of(limited)
    billed = _billed(limited, set(regies.values()))
    periods = _periods_of(limited)
    fresh: defaultdict[int, list[Counted]] = defaultdict(list)
    for booking in limited:
        if booking.session.activity.service_id in regies:
            regie = regies[booking.session.activity.service_id]
            fresh[regie].append(_fresh(booking, caps, periods))
    return _sum_up(
        capped
        for regie, lines in fresh.items()
        for capped in reduce_by_caps(lines, billed[regie])
    )


def _caps_of(bookings: Iterable[Booking]) -> dict[int, tuple[int, tuple[Cap, ...]]]:
    """Return the tariff and the ceilings of each version that has some."""
    versions = {each.tariff_version_id for each in bookings}
    if not versions:
        return {}
    found = TariffVersion.objects.filter(pk__in=versions, rules__has_key="caps")
    read = {each.pk: (each.tariff_id, parse_tariff(each.rules).caps) for each in found}
    return {pk: (tariff, caps) for pk, (tariff, caps) in read.items() if caps}


def _regies_of(bookings: Iterable[Booking]) -> dict[int, int]:
    services = {each.session.activity.service_id for each in bookings}
    rows = Regie.services.through.objects.filter(service__in=services)
    return dict(rows.values_list("service_id", "regie_id"))


def _periods_of(bookings: Iterable[Booking]) -> dict[int, Period]:
    sessions = (each.session for each in bookings)
    wanted = {each.period_id for each in sessions if each.period_id is not None}
    found = CalendarPeriod.objects.filter(pk__in=wanted) if wanted else ()
    return {each.pk: Period(each.from_on, each.until_on) for each in found}


def _fresh(
    booking: Booking,
    caps: Mapping[int, tuple[int, tuple[Cap, ...]]],
    periods: Mapping[int, Period],
) -> Counted:
    tariff, ceilings = caps[booking.tariff_version_id]
    session = booking.session
    return Counted(
        id=booking.pk,
        tariff=tariff,
        household=booking.household_id,
        child=booking.child_id,
        activity=session.activity.code,
        day=session.starts_on,
        shares=(booking.price_minor, 0, 0),
        caps=ceilings,
        calendar=periods.get(session.period_id or 0),
    )


def _billed(
    bookings: list[Booking], regies: set[int]
) -> defaultdict[int, list[Counted]]:
    """Return what was billed before and counts, by régie."""
    since = min(each.session.starts_on for each in bookings) - LONGEST
    households = {each.household_id for each in bookings}
    rows = list(_charges(households, regies, since))
    taken: defaultdict[int, dict[int, int]] = defaultdict(dict)
    given_back = {
        row.reduction.of_id: row.pk
        for row in rows
        if _kind_of(row) == ReductionKind.CREDIT
    }
    for row in rows:
        if _kind_of(row) == ReductionKind.CAP:
            line = row.reduction.of_id
            # What a ceiling gives back stands on the line that was given back.
            line = given_back.get(line, line) if row.amount_minor > 0 else line
            taken[line][row.reduction.position] = -row.amount_minor
    found: defaultdict[int, list[Counted]] = defaultdict(list)
    for row in rows:
        if _kind_of(row) in {"", ReductionKind.CREDIT}:
            found[row.regie_id].append(_line(row, taken[row.pk]))
    return found


def _charges(households: set[int], regies: set[int], since: date) -> QuerySet[Charge]:
    joined = ("tariff_version", "session__activity", "session__period")
    return (
        Charge.objects.filter(
            household__in=households,
            regie__in=regies,
            invoice__isnull=False,
            day__gte=since,
        )
        .exclude(reduction__kind=ReductionKind.AID)
        .filter(
            # Late pick-ups, and what gives them back, are under no ceiling.
            Q(booking__isnull=False) | Q(reduction__of__booking__isnull=False)
        )
        .select_related(
            *(f"booking__{each}" for each in joined),
            *(f"reduction__of__booking__{each}" for each in joined),
        )
    )


def _kind_of(row: Charge) -> str:
    return row.reduction.kind if hasattr(row, "reduction") else ""


def _line(row: Charge, taken: Mapping[int, int]) -> Counted:
    base = row.reduction.of if hasattr(row, "reduction") else row
    booking = base.booking
    assert booking is not None  # noqa: S101 - Only prices are reduced or given back.
    session, version = booking.session, booking.tariff_version
    period = session.period
    return Counted(
        id=row.pk,
        tariff=version.tariff_id,
        household=row.household_id,
        child=base.child_id or 0,
        activity=session.activity.code,
        day=base.day,
        shares=(row.amount_minor, 0, 0),
        caps=parse_tariff(version.rules).caps,
        calendar=Period(period.from_on, period.until_on) if period else None,
        taken=taken,
    )


def _sum_up(found: Iterable[Capped]) -> Taken:
    by_booking: defaultdict[int, int] = defaultdict(int)
    by_label: defaultdict[str, int] = defaultdict(int)
    for each in found:
        by_booking[each.line] += each.minor
        by_label[each.trace.label] += each.minor
    return Taken(by_booking, by_label)
