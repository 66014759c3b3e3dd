"""Prices see the facts of the session's day, in few statements."""

from datetime import date, timedelta
from typing import Any

import pytest

from catalog.domain.prices import NoRuleAppliesError, price_for
from catalog.models import Activity, Session, Tariff, TariffVersion
from enrolment.domain.offers import Wish
from enrolment.models import Booking
from enrolment.queries.planning import Plan, plan_of, read_activity
from enrolment.services.pricing import Quote, quote, quote_many, tariff_of
from families.enums import ProofStatus
from families.models import Proof, ProofType, QuotientRecord, RegimeRecord
from tests.enrolment.booking_builders import (
    NOW,
    PARIS,
    accepted_family,
    course,
    hold,
    lunch,
)
from tests.families.builders import Family

pytestmark = pytest.mark.usefixtures("rochebelle")

SWIMMING = "Natation 6-10 ans"


def plan(family: Family, *sessions: Session, code: str = "repas") -> Plan:
    activity = read_activity(code=code)
    assert activity is not None
    chosen = Session.objects.filter(pk__in=[each.pk for each in sessions])
    return plan_of(family.household, activity, chosen, now=NOW, zone=PARIS)


def amount(answer: Any) -> int:
    assert isinstance(answer, Quote)
    return answer.price.minor


def camp(third_child: str = "25") -> None:
    """Vote a new price list for courses: less from the third child on."""
    TariffVersion.objects.create(
        tariff=Tariff.objects.get(code="stage"),
        vote_number="2026-11-01",
        voted_on=date(2026, 11, 1),
        effective_from=date(2026, 12, 1),
        published_at=NOW,
        rules={
            "currency": "EUR",
            "unit": "course",
            "rules": [{"code": "all", "method": "fixed", "amount": "82.40"}],
            "adjustments": [
                {
                    "code": "third-child",
                    "when": {"child_rank": {"from": 3}},
                    "method": "percent",
                    "percent": f"-{third_child}",
                }
            ],
            "split": {"care": "100"},
        },
    )


def test_a_quote_of_twenty_days_takes_few_statements(django_assert_max_num_queries):
    family = accepted_family()
    days = list(
        Session.objects.filter(activity__code="repas", starts_on__gte="2026-12-01")[:20]
    )
    activity = read_activity(code="repas")
    assert activity is not None
    chosen = Session.objects.filter(pk__in=[day.pk for day in days])

    with django_assert_max_num_queries(3):
        read = plan_of(family.household, activity, chosen, now=NOW, zone=PARIS)
        answers = quote_many(
            read, [Wish(place, family.children[0].pk) for place in read.places]
        )

    assert [amount(each) for each in answers] == [235] * 20


def test_a_new_quotient_counts_from_its_own_day():
    family = accepted_family()
    QuotientRecord.objects.update(until_on="2026-12-07")
    QuotientRecord.objects.create(
        household=family.household, value="1200", from_on="2026-12-07"
    )

    read = plan(family, lunch("2026-12-04"), lunch("2026-12-07"))

    child = family.children[0].pk
    prices = [amount(quote(read, Wish(place, child))) for place in read.places]
    assert prices == [235, 355]


def test_days_of_two_price_lists_and_of_none_keep_their_order():
    family = accepted_family()
    voted = TariffVersion.objects.filter(tariff__activities__code="repas").latest(
        "effective_from"
    )
    rise = {"code": "rise", "method": "amount", "amount": "1.00"}
    raised = TariffVersion.objects.create(
        tariff=voted.tariff,
        vote_number="2026-12-07",
        voted_on=date(2026, 11, 20),
        effective_from=date(2026, 12, 7),
        published_at=NOW,
        rules={**voted.rules, "adjustments": [rise]},
    )
    days = ("2026-12-07", "2025-06-03", "2026-12-04", "2026-12-08")
    # Before the first vote of the town.
    Session.objects.filter(pk=lunch("2026-12-01").pk).update(
        starts_on="2025-06-03", ends_on="2025-06-03"
    )
    read = plan(family, *map(lunch, days))
    places = {str(place.starts_on): place for place in read.places}
    wishes = [Wish(places[day], family.children[0].pk) for day in days]

    answers = quote_many(read, wishes)

    assert isinstance(answers[1], NoRuleAppliesError)
    assert answers[1].params == {"variant": "standard"}
    given = [each for each in answers if isinstance(each, Quote)]
    assert [each.wish for each in given] == [wishes[0], wishes[2], wishes[3]]
    assert [each.price.minor for each in given] == [335, 235, 335]
    assert [each.version_id == raised.pk for each in given] == [True, False, True]


def test_without_a_quotient_the_highest_band_applies():
    family = accepted_family(quotient=None)

    read = plan(family, lunch("2026-12-04"))

    wish = Wish(read.places[0], family.children[0].pk)
    assert amount(quote(read, wish)) == 490


def test_a_care_plan_changes_the_price_while_it_counts():
    family = accepted_family()
    Proof.objects.create(
        proof_type=ProofType.objects.get(code="pai"),
        household=family.household,
        child=family.children[0],
        status=ProofStatus.ACCEPTED,
        submitted_by=family.account,
        submitted_at=NOW,
        valid_from=date(2026, 11, 1),
        valid_until=date(2026, 12, 5),
    )

    read = plan(family, lunch("2026-12-04"), lunch("2026-12-07"))

    child = family.children[0].pk
    prices = [amount(quote(read, Wish(place, child))) for place in read.places]
    assert prices == [80, 235]


def test_the_third_child_by_birth_pays_less_when_all_are_registered():
    camp()
    Session.objects.update(capacity=None, born_from=None, born_until=None)
    family = accepted_family("claire@example.com", "Ana", "Bo", "Cléo")

    for child in (2, 0, 1):
        hold(family, "natation", course(SWIMMING), child=child)

    held = Booking.objects.order_by("child__birth_date")
    assert [each.price_minor for each in held] == [8240, 8240, 6180]


def test_a_price_is_the_one_of_the_version_in_force_that_day():
    camp()
    family = accepted_family()
    Activity.objects.filter(code="natation").update(quota_per_period=None)
    early = course(SWIMMING)
    Session.objects.filter(pk=early.pk).update(
        starts_on="2026-11-30", ends_on="2026-11-30", period=None
    )

    read = plan(family, early, code="natation")

    assert amount(quote(read, Wish(read.places[0], family.children[0].pk))) == 2400


def test_before_the_first_vote_there_is_no_price():
    family = accepted_family()
    day = lunch("2026-12-04")
    read = plan(family, day)
    unvoted = type(read)(
        read.offer,
        (),
        read.places,
        read.facts,
        read.calendar,
        read.taken,
        read.moment,
    )

    answer = quote(unvoted, Wish(read.places[0], family.children[0].pk))

    assert isinstance(answer, NoRuleAppliesError)


def test_a_stored_price_can_be_found_again():
    family = accepted_family()
    hold(family, "natation", course(SWIMMING))
    booking = Booking.objects.select_related("tariff_version").get()
    answer = quote(
        plan(family, course(SWIMMING), code="natation"),
        Wish(
            plan(family, course(SWIMMING), code="natation").places[0],
            family.children[0].pk,
        ),
    )
    assert isinstance(answer, Quote)

    again = price_for(tariff_of(booking.tariff_version.rules), answer.price.inputs)

    assert booking.trace == again.trace.to_data()
    assert sum(booking.split.values()) == booking.price_minor


def test_what_lapsed_does_not_count_for_the_rank():
    camp()
    Session.objects.update(capacity=None, born_from=None, born_until=None)
    family = accepted_family("claire@example.com", "Ana", "Bo", "Cléo")
    for child in (0, 1):
        hold(family, "natation", course(SWIMMING), child=child)

    later = NOW + timedelta(minutes=31)
    hold(family, "natation", course(SWIMMING), child=2, now=later)

    assert Booking.objects.get(status="held").price_minor == 8240


def vote(*adjustments: dict[str, Any], method: dict[str, Any] | None = None) -> None:
    """Vote a new price list for meals."""
    TariffVersion.objects.create(
        tariff=Activity.objects.get(code="repas").tariff,
        vote_number="2026-11-02",
        voted_on=date(2026, 11, 2),
        effective_from=date(2026, 12, 1),
        published_at=NOW,
        rules={
            "currency": "EUR",
            "unit": "meal",
            "rules": [
                {"code": "all", **(method or {"method": "fixed", "amount": "10.00"})}
            ],
            "adjustments": list(adjustments),
            "split": {"meal": "100"},
        },
    )


def less(code: str, **when: Any) -> dict[str, Any]:
    return {"code": code, "when": when, "method": "amount", "amount": "-1.00"}


def prices(family: Family, *days: str, child: int = 0) -> list[int]:
    read = plan(family, *(lunch(day) for day in days))
    wishes = [Wish(place, family.children[child].pk) for place in read.places]
    return [amount(each) for each in quote_many(read, wishes)]


def test_the_regime_written_in_the_file_is_priced_and_else_that_of_the_quotient():
    vote(less("msa", regime="msa"), less("caf", regime=["caf"]))
    family = accepted_family()
    QuotientRecord.objects.update(kind="msa")
    RegimeRecord.objects.create(
        household=family.household, regime="none", from_on="2026-12-07"
    )

    assert prices(family, "2026-12-04", "2026-12-07") == [900, 1000]


def test_a_day_of_term_is_told_from_the_holidays():
    vote(less("term", period_kind="term"))

    assert prices(accepted_family(), "2026-12-04") == [900]


def test_days_a_week_count_what_is_booked_and_what_is_wanted():
    vote(less("often", days_a_week={"from": 3}))
    family = accepted_family()
    hold(family, "repas", lunch("2026-12-07"))

    assert prices(family, "2026-12-08") == [1000]
    assert prices(family, "2026-12-08", "2026-12-10") == [900, 900]
    assert prices(family, "2026-12-14", "2026-12-15") == [1000, 1000]


def test_children_present_the_same_day_change_the_price():
    vote(
        less("second", present_rank={"from": 2}),
        less("two", children_present={"from": 2}),
    )
    family = accepted_family("claire@example.com", "Ana", "Bo")
    first = min(family.children, key=lambda each: each.birth_date)
    hold(family, "repas", lunch("2026-12-07"), child=family.children.index(first))
    other = next(number for number in (0, 1) if family.children[number] != first)

    assert prices(family, "2026-12-07", "2026-12-08", child=other) == [800, 1000]


def test_a_brother_added_to_the_basket_changes_the_price_of_the_day():
    vote(less("two", children_present={"from": 2}))
    family = accepted_family("claire@example.com", "Ana", "Bo")
    day = lunch("2026-12-07")

    hold(family, "repas", day, child=0)
    hold(family, "repas", day, child=1)

    held = Booking.objects.filter(status="held").values_list("price_minor", flat=True)
    assert list(held) == [900, 900]


def test_hours_and_minutes_are_those_of_the_session():
    method = {"method": "bands", "of": "starts", "bands": [{"amount": "1.00"}]}
    vote(method={**method, "count": {"every": 30}})
    family = accepted_family()
    Session.objects.update(start_time="11:45", end_time="13:30")

    assert prices(family, "2026-12-04") == [400]


def test_a_session_that_carries_a_price_gives_it():
    vote(method={"method": "session_amount", "otherwise": "3.00"})
    family = accepted_family()
    Session.objects.filter(starts_on="2026-12-07").update(price_minor=1250)

    assert prices(family, "2026-12-04", "2026-12-07") == [300, 1250]
