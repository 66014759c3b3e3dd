"""The retention table: counted first, erased next, within the law's limits."""

from datetime import timedelta

import pytest

from families.domain.retention import BY_KEY, RULES
from families.enums.privacy import ErasureKind
from families.models import ErasureRun, Household, SignUpLink
from families.services.privacy.runs import (
    NothingCountedError,
    PeriodRefusedError,
    ReasonMissingError,
    ask_run,
    make_run,
    set_period,
)
from foundation.journal.models import Reading, ReadingSubject
from tests.families.builders import NOW, Family, make_family

LONG_AGO = NOW - timedelta(days=4 * 365)


def forgotten_family(email: str) -> Family:
    family = make_family(email, "Zoé")
    Household.objects.filter(pk=family.household.pk).update(created_at=LONG_AGO)
    return family


def run(family: Family, kind: ErasureKind, reason: str = "") -> ErasureRun:
    made = ask_run(kind=kind, actor=family.account, now=NOW, reason=reason)
    make_run(run_id=made.pk, now=NOW)
    made.refresh_from_db()
    return made


def test_a_dry_run_counts_and_changes_nothing(rochebelle):
    clerk = make_family("clerk@example.com")
    gone = forgotten_family("gone@example.com")

    report = run(clerk, ErasureKind.TRIAL).report

    assert report["families"]["count"] == 1
    assert gone.household.file_number not in str(report)
    assert set(report) == {rule.key for rule in RULES}
    gone.household.refresh_from_db()
    assert gone.household.erased_at is None


def test_an_erasure_erases_what_the_dry_run_counted(rochebelle):
    clerk = make_family("clerk@example.com")
    gone = forgotten_family("gone@example.com")
    run(clerk, ErasureKind.TRIAL)

    run(clerk, ErasureKind.REAL, "Yearly cleaning")

    gone.household.refresh_from_db()
    clerk.household.refresh_from_db()
    assert gone.household.erased_at == NOW
    assert clerk.household.erased_at is None
    assert run(clerk, ErasureKind.TRIAL).report["families"]["count"] == 0


def test_a_family_that_signed_in_lately_is_kept(rochebelle):
    clerk = make_family("clerk@example.com")
    heard = forgotten_family("heard@example.com")
    heard.account.last_login = NOW - timedelta(days=300)
    heard.account.save()

    report = run(clerk, ErasureKind.TRIAL).report

    assert report["families"]["count"] == 0


def test_links_and_readings_end_with_their_period(rochebelle):
    clerk = make_family("clerk@example.com")
    SignUpLink.objects.create(
        email="old@example.com", asked_at=LONG_AGO, valid_until=LONG_AGO
    )
    Reading.objects.create(
        at=LONG_AGO, subject=ReadingSubject.HEALTH, what="page", kind="x"
    )
    Reading.objects.create(at=NOW, subject=ReadingSubject.HEALTH, what="page", kind="x")
    run(clerk, ErasureKind.TRIAL)

    report = run(clerk, ErasureKind.REAL, "Yearly cleaning").report

    assert report["sign_up_links"]["count"] == 1
    assert report["readings"]["count"] == 1
    assert not SignUpLink.objects.filter(email="old@example.com").exists()
    assert Reading.objects.filter(at=LONG_AGO).count() == 0
    assert Reading.objects.filter(at=NOW).count() == 1


def test_nothing_is_erased_without_a_dry_run_and_a_reason(rochebelle):
    clerk = make_family("clerk@example.com")

    with pytest.raises(ReasonMissingError):
        ask_run(kind=ErasureKind.REAL, actor=clerk.account, now=NOW)
    with pytest.raises(NothingCountedError):
        ask_run(kind=ErasureKind.REAL, actor=clerk.account, now=NOW, reason="Why")


def test_the_law_limits_the_periods(rochebelle):
    clerk = make_family("clerk@example.com")

    with pytest.raises(PeriodRefusedError):
        set_period(rule="families", number=600, actor=clerk.account)

    set_period(rule="families", number=24, actor=clerk.account)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_defaults_are_within_the_limits(rule):
    assert rule.allows(rule.default)


def test_a_month_back_from_its_last_day_is_the_last_day_of_a_shorter_one():
    assert BY_KEY["families"].limit(
        number=1, now=NOW.replace(month=3, day=31)
    ) == NOW.replace(month=2, day=28)
