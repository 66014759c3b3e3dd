"""A tariff tried on the past: the same one changes nothing, another says for whom."""

from datetime import date, timedelta
from typing import Any

import pytest

from catalog.models import Tariff, TariffVersion
from enrolment.enums import Attendance
from enrolment.models import Booking, TariffReplay
from enrolment.services.what_if import EndlessPeriodError, ask_replay, work_out
from foundation.periods import Period
from tests.enrolment.booking_builders import NOW, accepted_family, book, lunch
from tests.families.builders import Family

pytestmark = pytest.mark.usefixtures("rochebelle")

DECEMBER = Period(date(2026, 12, 1), date(2027, 1, 1))
DAYS = ("2026-12-01", "2026-12-03", "2026-12-04")


def version(**changes: Any) -> TariffVersion:
    """Return a draft with the rules in force, changed."""
    voted = TariffVersion.objects.filter(tariff__activities__code="repas").get(
        effective_from=TariffVersion.objects.filter(
            tariff__activities__code="repas", published_at__isnull=False
        )
        .latest("effective_from")
        .effective_from,
        published_at__isnull=False,
    )
    return TariffVersion.objects.create(
        tariff=voted.tariff,
        rules={**voted.rules, **changes},
        vote_number="2026-12-01",
        voted_on=date(2026, 12, 1),
        effective_from=date(2027, 9, 1),
    )


def tried(draft: TariffVersion, family: Family) -> dict[str, Any]:
    """Return the result of a trial over December."""
    replay = ask_replay(version=draft, period=DECEMBER, actor=family.account, now=NOW)
    work_out(replay, now=NOW)
    replay.refresh_from_db()
    assert replay.result is not None
    return dict(replay.result)


def eaters() -> list[Family]:
    """Return two households with lunches in December, of different quotients."""
    families = [
        accepted_family("claire@example.com", "Lina", "Tom", quotient="700"),
        accepted_family("noe@example.com", "Ada", quotient="1200"),
    ]
    for family in families:
        for child, _name in enumerate(family.children):
            book(family, *[lunch(day) for day in DAYS], child=child)
    for family in families:
        family.account.is_superuser = True
    return families


def test_the_same_tariff_changes_nothing_to_the_cent() -> None:
    families = eaters()

    result = tried(version(), families[0])

    total = result["total"]
    assert total["places"] == Booking.objects.due().count() == 9
    assert (
        total["before"]
        == total["after"]
        == sum(each.price_minor for each in Booking.objects.due())
    )
    assert (total["less"], total["more"], result["unpriced"]) == (0, 0, 0)


def test_a_dearer_tariff_says_who_pays_more() -> None:
    families = eaters()
    one_more = {"code": "more", "method": "amount", "amount": "0.10"}

    result = tried(version(adjustments=[one_more]), families[0])

    total = result["total"]
    assert total["after"] - total["before"] == 90
    assert (total["more"], total["most"]) == (2, 60)
    assert [each["households"] for each in result["quotients"]] == [1, 1]
    assert [each["key"] for each in result["children"]] == ["1", "2"]


def test_what_has_no_price_is_counted_and_left_out() -> None:
    families = eaters()
    only = {
        "code": "low",
        "when": {"quotient": {"until": "1000"}},
        "method": "fixed",
        "amount": "1.00",
    }

    result = tried(version(rules=[only], adjustments=[]), families[0])

    assert result["total"]["places"] == 6
    assert result["total"]["after"] == 600
    assert result["unpriced"] == 3
    assert sum(result["reasons"].values()) == 3


def test_an_excused_day_is_on_neither_side() -> None:
    families = eaters()
    day = Booking.objects.due().latest("pk")
    Booking.objects.filter(pk=day.pk).update(attendance=Attendance.ABSENT_JUSTIFIED)

    assert tried(version(), families[0])["total"]["places"] == 8


def test_a_clerk_sees_the_places_of_their_departments_only() -> None:
    families = eaters()
    families[0].account.is_superuser = False
    families[0].account.is_staff = True
    families[0].account.save()

    replay = ask_replay(
        version=version(), period=DECEMBER, actor=families[0].account, now=NOW
    )
    work_out(replay, now=NOW)

    assert replay.result is not None


def test_asking_twice_waits_for_one_answer() -> None:
    family = accepted_family()
    draft = version()

    first = ask_replay(version=draft, period=DECEMBER, actor=family.account, now=NOW)
    again = ask_replay(version=draft, period=DECEMBER, actor=family.account, now=NOW)

    assert first == again
    work_out(first, now=NOW)
    work_out(first, now=NOW + timedelta(hours=1))
    first.refresh_from_db()
    assert first.done_at == NOW


def test_a_trial_has_an_end() -> None:
    family = accepted_family()
    endless = Period(date(2026, 9, 1))

    with pytest.raises(EndlessPeriodError):
        ask_replay(version=version(), period=endless, actor=family.account, now=NOW)

    assert not TariffReplay.objects.exists()
    assert Tariff.objects.exists()


def test_the_number_of_statements_does_not_follow_the_bookings(
    django_assert_num_queries: Any,
) -> None:
    families = eaters()
    replay = ask_replay(
        version=version(), period=DECEMBER, actor=families[0].account, now=NOW
    )
    replay = TariffReplay.objects.select_related("version", "asked_by").get(
        pk=replay.pk
    )

    with django_assert_num_queries(3):
        work_out(replay, now=NOW)


@pytest.mark.parametrize(
    ("when", "raised"),
    [
        # Two households, three children: the 1st is a Tuesday, the 4th a Friday.
        ({"weekday": "friday"}, 3),
        ({"weekday": ["tuesday", "friday"]}, 6),
        ({"day": {"from": "2026-12-02", "until": "2026-12-04"}}, 3),
        ({"day": {"from": "2026-12-02"}, "weekday": "friday"}, 3),
        ({"day": {"from": "2026-12-25"}}, 0),
    ],
)
def test_a_day_that_a_tariff_looks_at_is_the_day_of_the_place(
    when: dict[str, Any], raised: int
) -> None:
    families = eaters()
    rise = {"code": "rise", "when": when, "method": "amount", "amount": "1.00"}

    result = tried(version(adjustments=[rise]), families[0])

    assert result["total"]["places"] == 9
    assert result["total"]["after"] - result["total"]["before"] == 100 * raised


def test_what_a_booking_does_not_tell_is_not_known_in_a_trial() -> None:
    families = eaters()
    for booking in Booking.objects.all():
        booking.trace["inputs"].pop("regime", None)
        booking.save(update_fields=["trace"])
    rise = {
        "code": "rise",
        "when": {"regime": "caf"},
        "method": "amount",
        "amount": "1.00",
    }

    result = tried(version(adjustments=[rise]), families[0])

    assert result["unpriced"] == 9
    assert list(result["reasons"].values()) == [9]


def test_the_latest_quotient_known_is_that_of_the_last_day() -> None:
    family = eaters()[0]
    last = Booking.objects.filter(household=family.household, session=lunch(DAYS[2]))
    for booking, quotient in zip(last, ("90", None), strict=True):
        booking.trace["inputs"]["quotient"] = quotient
        booking.save(update_fields=["trace"])

    result = tried(version(), family)

    assert [each["first"] for each in result["quotients"]] == ["90", "1200.00"]
