"""Quotients and residences that clerks write."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from families.enums import QuotientKind, Regime, Residence
from families.models import QuotientRecord, RegimeRecord, ResidenceRecord
from families.queries import quotient_on, residence_on
from families.services.household_errors import (
    EndBeforeStartError,
    PastDayError,
    ReasonNeededError,
    SameFactError,
)
from families.services.household_page import standing_lines
from families.services.standing_by_staff import (
    Written,
    end_standing,
    record_quotient,
    record_regime,
    record_residence,
)
from foundation.journal.models import Entry
from tests.families.builders import TODAY, make_family

pytestmark = pytest.mark.usefixtures("rochebelle")
YESTERDAY = TODAY - timedelta(days=1)


def written(family, from_on=TODAY, until_on=None, reason="Paper seen", **more):
    return Written(
        from_on=from_on,
        until_on=until_on,
        source="CAF certificate",
        reason=reason,
        today=TODAY,
        actor=family.account,
        **more,
    )


def quotient(family, value, **more):
    return record_quotient(
        household=family.household,
        value=Decimal(value),
        kind=QuotientKind.CAF,
        written=written(family, **more),
    )


def test_a_new_quotient_starts_today_and_the_history_stays():
    family = make_family()
    quotient(family, "650", from_on=date(2026, 1, 1), is_correction=True)

    quotient(family, "812")

    assert quotient_on(family.household, YESTERDAY) == Decimal(650)
    assert quotient_on(family.household, TODAY) == Decimal(812)
    lines = standing_lines(family.household, today=TODAY).quotients
    assert [(each.text, each.status) for each in lines] == [
        ("Quotient 812", "Today"),
        ("Quotient 650", "Earlier"),
    ]
    assert "CAF certificate" in lines[0].meta


def test_the_past_is_only_written_as_a_correction_and_the_journal_says_so():
    family = make_family()

    with pytest.raises(PastDayError):
        quotient(family, "812", from_on=YESTERDAY)
    quotient(family, "812", from_on=YESTERDAY, is_correction=True)

    entry = Entry.objects.get(action="quotient corrected")
    assert entry.reason == "Paper seen"
    assert "812" not in str(entry.new)


def test_a_past_correction_leaves_what_was_written_since():
    family = make_family()
    quotient(family, "812")

    quotient(family, "500", from_on=date(2026, 9, 1), is_correction=True)

    assert quotient_on(family.household, YESTERDAY) == Decimal(500)
    assert quotient_on(family.household, TODAY) == Decimal(812)


def test_a_reason_and_a_period_are_needed():
    family = make_family()

    with pytest.raises(ReasonNeededError):
        quotient(family, "812", reason=" ")
    with pytest.raises(EndBeforeStartError):
        quotient(family, "812", until_on=TODAY)


def test_a_residence_is_written_then_ended():
    family = make_family()
    record_residence(
        household=family.household,
        status=Residence.WORKS_HERE,
        written=written(family),
    )
    later = TODAY + timedelta(days=10)

    def end(model, day=later, reason="Moved"):
        end_standing(
            model=model,
            household=family.household,
            until_on=day,
            reason=reason,
            actor=family.account,
            today=TODAY,
        )

    with pytest.raises(PastDayError):
        end(ResidenceRecord, YESTERDAY)
    with pytest.raises(SameFactError):
        end(QuotientRecord)
    end(ResidenceRecord)

    assert residence_on(family.household, TODAY) == Residence.WORKS_HERE
    assert residence_on(family.household, later) is None


def regime(family, value, **more):
    return record_regime(
        household=family.household, regime=value, written=written(family, **more)
    )


def test_a_new_regime_closes_the_former_one_and_is_journalled():
    family = make_family()
    regime(family, Regime.CAF, from_on=date(2026, 1, 1), is_correction=True)

    regime(family, Regime.MSA)

    held = RegimeRecord.objects.filter(household=family.household).order_by("from_on")
    assert [(each.regime, each.until_on) for each in held] == [
        ("caf", TODAY),
        ("msa", None),
    ]
    lines = standing_lines(family.household, today=TODAY).regimes
    assert [line.text for line in lines] == [
        "Family allowances: MSA",
        "Family allowances: CAF",
    ]
    actions = list(Entry.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-2:] == ["regime corrected", "regime written"]


def test_a_regime_is_ended_and_never_written_in_the_past():
    family = make_family()
    regime(family, Regime.CAF)
    with pytest.raises(PastDayError):
        regime(family, Regime.MSA, from_on=YESTERDAY)

    end_standing(
        model=RegimeRecord,
        household=family.household,
        until_on=TODAY + timedelta(days=9),
        reason="Moved",
        actor=family.account,
        today=TODAY,
    )

    assert RegimeRecord.objects.get().until_on == TODAY + timedelta(days=9)
    assert Entry.objects.latest("pk").action == "regime ended"
