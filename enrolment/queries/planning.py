"""What a family may book in one activity: rules, places, prices' versions, facts.

A plan takes five statements whatever the number of children, sessions and months.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from catalog.models import (
    Activity,
    RegistrationWindow,
    Session,
    SharedPlaces,
    TariffVersion,
)
from catalog.queries.shared_places import left_of_shared
from enrolment.domain.calendar import Calendar
from enrolment.domain.facts import HouseholdFacts
from enrolment.domain.offers import Offer, Place, Taken
from enrolment.domain.verdicts import Moment, Verdict, judge
from enrolment.enums import BookingStatus
from enrolment.models import Booking
from enrolment.queries.facts import Scope, read_facts
from enrolment.queries.rules import offer_of
from families.models import Household
from foundation.periods import ONE_DAY, Period

# Deadlines in working days look this far back for days off.
BEFORE = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Version:
    """The rules of a published tariff, from a day on."""

    id: int
    effective_from: date
    rules: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """One household before one activity, at one moment."""

    offer: Offer
    versions: tuple[Version, ...]
    places: tuple[Place, ...]
    facts: HouseholdFacts
    calendar: Calendar
    taken: tuple[Taken, ...]
    moment: Moment

    def judge(
        self, place: Place, child_id: int, *, also: Collection[Taken] = ()
    ) -> Verdict:
        """Judge a child in a session; `also` is what is being taken in one go."""
        return judge(
            self.offer,
            place,
            child_id,
            facts=self.facts,
            taken=[*self.taken, *also],
            moment=self.moment,
        )

    def version_on(self, day: date) -> Version | None:
        """Return the version in force on a day; None before the first vote."""
        known = [each for each in self.versions if each.effective_from <= day]
        return max(known, key=lambda each: each.effective_from, default=None)

    def place(self, public_id: UUID) -> Place | None:
        """Return one of the sessions read."""
        return next((each for each in self.places if each.public_id == public_id), None)


def read_activity(**lookup: Any) -> Activity | None:
    """Return a published activity with its service, windows and tariff versions."""
    return _with_rules().filter(service__is_published=True, **lookup).first()


def read_activity_of(session: Session) -> Activity:
    """Return the activity of a session as `read_activity` does, published or not."""
    activity: Activity = _with_rules().get(pk=session.activity_id)
    return activity


def _with_rules() -> QuerySet[Activity, Any]:
    windows = RegistrationWindow.objects.filter(activity=OuterRef("pk")).values(
        json=JSONObject(
            residence="residence", opens_at="opens_at", closes_at="closes_at"
        )
    )
    versions = TariffVersion.objects.filter(
        tariff=OuterRef("tariff"), published_at__isnull=False
    ).values(json=JSONObject(id="id", effective_from="effective_from", rules="rules"))
    return Activity.objects.select_related("service", "shared_places").annotate(
        known_windows=ArraySubquery(windows), known_versions=ArraySubquery(versions)
    )


def plan_of(
    household: Household,
    activity: Activity,
    sessions: QuerySet[Session],
    *,
    now: datetime,
    zone: ZoneInfo,
    days: Period | None = None,
) -> Plan:
    """Read a plan for some sessions of an activity read by `read_activity`.

    `days` widens the calendar and the facts to a whole month.
    """
    places = read_places(
        sessions.filter(activity=activity), now=now, shared=activity.shared_places
    )
    around = _around(places, days)
    facts, calendar = read_facts(
        Scope(household.pk, activity.service_id, activity.pk, around, now)
    )
    return Plan(
        offer=offer_of(activity),
        versions=tuple(_version(each) for each in activity.known_versions),
        places=places,
        facts=facts,
        calendar=calendar,
        taken=read_taken(household, facts.children, places, now=now),
        moment=Moment(now, zone, calendar.days_off),
    )


def read_places(
    sessions: QuerySet[Session], *, now: datetime, shared: SharedPlaces | None = None
) -> tuple[Place, ...]:
    """Return sessions in order; places held too long count as free.

    One more query when places are shared with other activities.
    """
    lapsed = (
        Booking.objects.lapsed(now=now)
        .filter(session=OuterRef("pk"))
        .order_by()
        .values("session")
        .annotate(count=Count("pk"))
    )
    free_again = Coalesce(
        Subquery(lapsed.values("count"), output_field=IntegerField()), 0
    )
    ordered = sessions.annotate(free_again=free_again).order_by(
        "starts_on", "start_time", "id"
    )
    if shared is None:
        return tuple(
            place_of(session, free_again=session.free_again) for session in ordered
        )
    listed = list(ordered)
    left = left_of_shared(shared, listed)
    return tuple(
        _sharing(place_of(each, free_again=each.free_again), shared, left[each.pk])
        for each in listed
    )


def _sharing(place: Place, shared: SharedPlaces, left: int) -> Place:
    """Return a place limited by what it shares."""
    own = left if place.left is None else min(place.left, left)
    return replace(place, left=own, shared=shared.pk)


def read_taken(
    household: Household,
    children: Collection[int],
    places: Iterable[Place],
    *,
    now: datetime,
) -> tuple[Taken, ...]:
    """Return what the children have, booked or held, that could stand in the way.

    Around the days of `places`, and anywhere in their periods, for quotas.
    """
    listed = list(places)
    if not listed:
        return ()
    near = Q(session__starts_on__lte=max(each.ends_on for each in listed)) & Q(
        session__ends_on__gte=min(each.starts_on for each in listed)
    )
    periods = {each.period_id for each in listed if each.period_id}
    counted = Q(
        session__period__in=periods, session__activity__quota_per_period__isnull=False
    )
    bookings = (
        Booking.objects.kept(now=now)
        .filter(near | counted, child__in=children)
        .select_related("session__activity")
        .defer("trace", "split")
    )
    return tuple(_taken(each, household) for each in bookings)


def place_of(session: Session, *, free_again: int = 0, name: str = "") -> Place:
    """Return a session as the rules see it."""
    left = None
    if session.capacity is not None:
        left = session.capacity - session.seats_taken + free_again
    return Place(
        id=session.pk,
        public_id=session.public_id,
        name=name or session.name,
        period_id=session.period_id,
        starts_on=session.starts_on,
        ends_on=session.ends_on,
        start_time=session.start_time,
        end_time=session.end_time,
        meets_on=tuple(sorted(map(date.fromisoformat, session.meets_on))),
        born_from=session.born_from,
        born_until=session.born_until,
        left=left,
        is_cancelled=session.cancelled_at is not None,
        price_minor=session.price_minor,
    )


def _taken(booking: Booking, household: Household) -> Taken:
    activity = booking.session.activity
    name = booking.session.name or activity.name
    is_own = booking.household_id == household.pk
    return Taken(
        booking=booking.public_id,
        child_id=booking.child_id,
        place=place_of(booking.session, name=name),
        quota_key=activity.quota_group or activity.code,
        # What the other household of a child pays is nobody's business here.
        price=booking.price_minor if is_own else 0,
        currency=booking.currency,
        is_held=booking.status == BookingStatus.HELD,
        is_own=is_own,
    )


def _version(data: Mapping[str, Any]) -> Version:
    day = date.fromisoformat(data["effective_from"])
    return Version(data["id"], day, data["rules"])


def _around(places: tuple[Place, ...], days: Period | None) -> Period:
    spans = [Period(each.starts_on, each.ends_on + ONE_DAY) for each in places]
    spans += [] if days is None else [days]
    if not spans:
        return Period(date.min, date.min + ONE_DAY)
    first = min(span.start for span in spans)
    return Period(first - BEFORE, max(span.until or date.max for span in spans))
