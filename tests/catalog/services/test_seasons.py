"""A season is copied onto the next one, looked at first, and undone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from catalog.models import (
    Activity,
    CalendarPeriod,
    RegistrationWindow,
    SeasonCopy,
    Service,
    Session,
)
from catalog.services.season_parts import NotALaterSeasonError, Season
from catalog.services.seasons import (
    AlreadyUndoneError,
    BookedMeanwhileError,
    copy_season,
    preview_season,
    undo_season,
)
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tests.enrolment.booking_builders import accepted_family, book

pytestmark = pytest.mark.usefixtures("rochebelle")

NOW = datetime(2027, 5, 3, 9, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


def clerk():
    return Account.objects.filter(is_superuser=True).earliest("id")


@pytest.fixture
def season(rochebelle):
    """From 2026-2027 onto a school year with the same holidays."""
    new = CalendarPeriod.objects.create(
        code="annee-2027",
        name="Année scolaire 2027-2028",
        kind="school_year",
        from_on=date(2027, 9, 1),
        until_on=date(2028, 7, 5),
    )
    for code, name, first, until in (
        ("toussaint-2027", "Toussaint", date(2027, 10, 23), date(2027, 11, 8)),
        ("noel-2027", "Noël", date(2027, 12, 18), date(2028, 1, 3)),
    ):
        CalendarPeriod.objects.create(
            code=code, name=name, kind="holiday", from_on=first, until_on=until
        )
    old = CalendarPeriod.objects.get(code="annee-2026")
    return Season(old, new, PARIS)


def copy(code, season):
    service = Service.objects.get(code=code)
    return copy_season(service=service, season=season, actor=clerk(), now=NOW)


def coming(code):
    found = Session.objects.filter(activity__code=code, starts_on__gte=date(2027, 9, 1))
    return found.order_by("starts_on")


def test_dated_units_are_made_again_from_the_calendar(season):
    report = copy("cantine", season)

    made = coming("repas")
    assert len(report.activities[0].sessions) == made.count() > 100
    assert {each.starts_on.isoweekday() for each in made} == {1, 2, 4, 5}
    assert {each.capacity for each in made} == {40}
    # Neither in the holidays nor in the summer after.
    assert not made.filter(starts_on__range=(date(2027, 10, 23), date(2027, 11, 7)))


def test_courses_go_to_the_same_week_of_the_matching_holidays(season):
    copy("stages", season)

    swimming = coming("natation").get(name="Natation 4-5 ans")
    assert (swimming.starts_on, swimming.ends_on) == (
        date(2027, 12, 20),
        date(2027, 12, 23),
    )
    assert swimming.period is not None
    assert swimming.period.code == "noel-2027"
    assert swimming.capacity == 12
    assert (swimming.born_from, swimming.born_until) == (
        date(2022, 1, 1),
        date(2023, 12, 31),
    )
    skating = coming("patinage").get()
    assert skating.starts_on == date(2027, 12, 27)


def test_registration_moves_by_whole_weeks_at_the_same_hour(season):
    copy("stages", season)

    windows = RegistrationWindow.objects.filter(
        activity__code="natation", opens_at__gte=NOW
    )
    opens = [
        (each.residence, each.opens_at.astimezone(PARIS).isoformat()[:16])
        for each in windows.order_by("opens_at")
    ]
    assert opens == [("resident", "2027-11-08T14:00"), ("", "2027-11-15T14:00")]


def test_what_cannot_be_made_says_why(season):
    CalendarPeriod.objects.filter(code="noel-2027").delete()

    report = copy("stages", season)

    refused = [why for each in report.activities for _what, why in each.refused]
    assert len(refused) == 3
    assert set(refused) == {"The calendar has no matching holidays. Add them first."}
    assert not coming("natation").exists()


def test_a_preview_makes_nothing_and_says_what_the_copy_makes(season):
    service = Service.objects.get(code="stages")
    before = Session.objects.count(), RegistrationWindow.objects.count()

    told = preview_season(service=service, season=season)

    assert (Session.objects.count(), RegistrationWindow.objects.count()) == before
    assert told.made == copy("stages", season).made == 6


def test_situations_proofs_and_prices_stay(season):
    before = Activity.objects.order_by("pk").values_list("code", "tariff")

    report = copy("cantine", season)

    assert (report.situations, report.requirements) == (2, 4)
    assert list(Activity.objects.order_by("pk").values_list("code", "tariff")) == list(
        before
    )


def test_opening_dates_move_with_the_season(season):
    service = Service.objects.get(code="cantine")
    service.requests_open_at = datetime(2026, 6, 1, 7, tzinfo=UTC)
    service.save()

    report = copy("cantine", season)

    service.refresh_from_db()
    assert service.requests_open_at == report.openings["requests_open_at"]
    assert service.requests_open_at.astimezone(PARIS).date() == date(2027, 5, 31)


def test_again_it_makes_nothing_more(season):
    copy("cantine", season)
    copy("stages", season)
    before = Session.objects.count(), RegistrationWindow.objects.count()

    again = [copy("cantine", season), copy("stages", season)]

    assert [each.made for each in again] == [0, 0]
    assert (Session.objects.count(), RegistrationWindow.objects.count()) == before


def test_it_is_undone_as_a_whole(season):
    service = Service.objects.get(code="cantine")
    service.requests_open_at = datetime(2026, 6, 1, 7, tzinfo=UTC)
    service.save()
    before = Session.objects.count(), RegistrationWindow.objects.count()
    copy("cantine", season)

    undo_season(copied=SeasonCopy.objects.get(), actor=clerk(), now=NOW)

    service.refresh_from_db()
    assert service.requests_open_at == datetime(2026, 6, 1, 7, tzinfo=UTC)
    assert (Session.objects.count(), RegistrationWindow.objects.count()) == before
    actions = Entry.objects.filter(action__startswith="season").order_by("id")
    assert [each.action for each in actions] == ["season copied", "season copy undone"]
    with pytest.raises(AlreadyUndoneError):
        undo_season(copied=SeasonCopy.objects.get(), actor=clerk(), now=NOW)


def test_once_a_family_booked_it_is_not_undone(season):
    copy("cantine", season)
    family = accepted_family()
    family.household.accesses.update(until_on=date(2028, 7, 1))
    book(family, coming("repas")[0])
    count = coming("repas").count()

    with pytest.raises(BookedMeanwhileError):
        undo_season(copied=SeasonCopy.objects.get(), actor=clerk(), now=NOW)

    assert coming("repas").count() == count


def test_a_season_is_not_copied_backwards(season):
    backwards = Season(season.new, season.old, PARIS)

    with pytest.raises(NotALaterSeasonError):
        copy("cantine", backwards)
