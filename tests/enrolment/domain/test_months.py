"""A month is laid out whole, and choices change only what they say."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st

from catalog.domain.deadlines import DaysBefore
from catalog.domain.eligibility import Eligibility
from enrolment.domain.calendar import Calendar, Closing
from enrolment.domain.facts import ChildFacts, HouseholdFacts
from enrolment.domain.months import Cell, State, cells_of, difference, weeks_of
from enrolment.domain.offers import Offer, Place, Taken
from enrolment.domain.verdicts import Moment, judge
from foundation.periods import Period, month_of

PARIS = ZoneInfo("Europe/Paris")
LINA = ChildFacts(1, uuid4(), "Lina", "Martin", date(2017, 5, 14))
FACTS = HouseholdFacts(7, {1: LINA})
OFFER = Offer(
    id=1,
    public_id=uuid4(),
    name="Canteen",
    service_id=1,
    service_name="Canteen",
    service_public_id=uuid4(),
    kind="dated",
    units=1,
    weekdays=frozenset({0, 1, 3, 4}),
    is_prepaid=False,
    requires_access=False,
    opens_at=None,
    accepts_late=False,
    quota_key="canteen",
    rules=Eligibility(),
    booking=DaysBefore(2, time(9)),
    cancellation=DaysBefore(1, time(9)),
)


def place(day: date, left: int | None = None) -> Place:
    return Place(
        day.toordinal(),
        uuid4(),
        "",
        None,
        day,
        day,
        time(11, 45),
        time(13, 30),
        left=left,
    )


def taken(where: Place, *, held: bool = False, own: bool = True) -> Taken:
    return Taken(uuid4(), 1, where, "canteen", 235, "EUR", is_held=held, is_own=own)


def cells(
    places: list[Place],
    have: list[Taken],
    now: datetime,
    month: Period,
    calendar: Calendar | None = None,
) -> dict[date, tuple[Cell, ...]]:
    moment = Moment(now, PARIS)
    judged = [
        (each, judge(OFFER, each, 1, facts=FACTS, taken=have, moment=moment))
        for each in places
    ]
    return cells_of(month, judged, calendar or Calendar(), now=now)


DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(day=DAYS)
def test_every_day_of_a_month_is_in_one_week_and_only_one(day):
    month = month_of(day)

    weeks = weeks_of(
        cells([], [], datetime(2026, 1, 1, tzinfo=UTC), month), weekdays=range(7)
    )

    shown = [cell.day for week in weeks for of_day in week.days for cell in of_day]
    assert shown == list(month.days())


@given(
    first=DAYS,
    booked=st.sets(st.integers(0, 9)),
    ticked=st.sets(st.integers(0, 9)),
    hours=st.integers(0, 24 * 14),
)
def test_choices_add_what_is_ticked_and_give_up_what_is_not(
    first, booked, ticked, hours
):
    places = [place(first + timedelta(days=index)) for index in range(10)]
    have = [taken(places[index]) for index in booked]
    now = datetime.combine(first, time(), UTC) - timedelta(days=7)
    now += timedelta(hours=hours)
    found = cells(places, have, now, Period(first, first + timedelta(days=10)))
    chosen = {places[index].public_id for index in ticked}

    changes = difference([c for of_day in found.values() for c in of_day], chosen)

    added = {cell.place.public_id for cell in changes.added if cell.place}
    given_up = {cell.place.public_id for cell in changes.given_up if cell.place}
    before = {places[index].public_id for index in booked}
    assert added == chosen - before
    assert given_up <= before - chosen
    assert all(cell.may_give_up for cell in changes.given_up)
    for cell in changes.given_up:
        assert cell.verdict is not None
        assert now < cell.verdict.starts_at


def test_a_day_says_why_it_is_shut():
    month = Period(date(2026, 12, 1), date(2027, 1, 1))
    days = [date(2026, 12, number) for number in (1, 3, 4, 7, 8)]
    places = [place(day) for day in days]
    places[3] = place(days[3], left=0)
    now = datetime(2026, 12, 2, 8, tzinfo=UTC)
    calendar = Calendar(
        (Closing(Period.of_day(date(2026, 12, 25)), "Noël", of_town=True),),
        (Closing(Period(date(2026, 12, 19), date(2027, 1, 4)), "Hiver", of_town=True),),
    )

    found = cells(
        places, [taken(places[0]), taken(places[4], held=True)], now, month, calendar
    )

    states = {day.day: of_day[0].state for day, of_day in found.items()}
    assert states[1] == State.BOOKED
    assert states[3] == states[4] == State.LATE
    assert states[7] == State.FULL
    assert states[8] == State.HELD
    assert (states[21], states[25]) == (State.HOLIDAY, State.CLOSED)
    assert found[date(2026, 12, 25)][0].reason == "Noël"


def test_what_another_household_booked_is_not_ours_to_give_up():
    month = month_of(date(2026, 12, 1))
    where = place(date(2026, 12, 10))
    now = datetime(2026, 12, 1, tzinfo=UTC)

    found = cells([where], [taken(where, own=False)], now, month)

    cell = found[date(2026, 12, 10)][0]
    assert cell.state == State.BOOKED
    assert not cell.is_open


@given(st.uuids(), st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 30)))  # noqa: DTZ001 - local hours, around both changes of time.
def test_the_state_shown_is_the_decision_taken_around_changes_of_hour(
    public_id: UUID, local: datetime
) -> None:
    day = local.date() + timedelta(days=2)
    where = place(day)
    now = local.replace(tzinfo=PARIS).astimezone(UTC)
    limit = datetime.combine(local.date(), time(9), tzinfo=PARIS).astimezone(UTC)

    found = cells([where], [], now, Period.of_day(day))

    assert found[day][0].may_add is (now < limit)
