"""The first of the month: counted, erased by itself where the town says so, told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from families.domain.retention import rules_in
from families.enums.privacy import ErasureKind
from families.enums.retention import COUNTED_FROM, NAMES, WHY, source_of
from families.models import HealthSheet, SignUpLink
from families.services.privacy.rules import FINDERS
from families.services.privacy.runs import count_monthly, set_period
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tests.families.builders import NOW, make_family

LONG_AGO = NOW - timedelta(days=4 * 365)

pytestmark = pytest.mark.usefixtures("rochebelle")


@pytest.fixture
def chief() -> Account:
    return Account.objects.create_superuser("chief@example.com")


def old_link() -> None:
    SignUpLink.objects.create(
        email="old@example.com", asked_at=LONG_AGO, valid_until=LONG_AGO
    )


def test_without_the_town_s_word_it_only_counts_and_writes(
    chief: Account, mailoutbox: Any
) -> None:
    old_link()

    run = count_monthly(now=NOW)

    assert run.kind == ErasureKind.REMINDER
    assert run.report["sign_up_links"]["count"] == 1
    assert not run.report["sign_up_links"]["erased"]
    assert SignUpLink.objects.exists()
    assert ["chief@example.com"] in [mail.to for mail in mailoutbox]


def test_what_the_town_lets_go_by_itself_is_erased(
    chief: Account, mailoutbox: Any
) -> None:
    old_link()
    set_period(rule="sign_up_links", number=30, is_automatic=True, actor=chief)

    run = count_monthly(now=NOW)

    assert run.report["sign_up_links"]["erased"]
    assert not SignUpLink.objects.exists()
    assert mailoutbox


def test_an_account_never_confirmed_goes_and_a_confirmed_one_stays(
    chief: Account,
) -> None:
    for email, verified in (("no@example.com", False), ("yes@example.com", True)):
        account = Account.objects.create_user(email, date_joined=LONG_AGO)
        account.last_login = NOW
        account.save()
        EmailAddress.objects.create(user=account, email=email, verified=verified)
    set_period(rule="accounts", number=30, is_automatic=True, actor=chief)

    count_monthly(now=NOW)

    assert not Account.objects.filter(email="no@example.com").exists()
    assert Account.objects.filter(email="yes@example.com").exists()


def test_a_health_sheet_ends_with_its_season_unless_the_family_is_still_there(
    chief: Account,
) -> None:
    gone, certified = (
        make_family("a@example.com", "A"),
        make_family("b@example.com", "B"),
    )
    for family in (gone, certified):
        HealthSheet.objects.create(child=family.children[0], updated_at=LONG_AGO)
    certified.household.reviews.create(at=NOW, by=certified.account, season=2026)
    set_period(rule="health", number=2, is_automatic=True, actor=chief)

    count_monthly(now=NOW)

    assert list(HealthSheet.objects.values_list("child", flat=True)) == [
        certified.children[0].pk
    ]


def test_old_words_of_the_journal_go_and_the_facts_stay(
    chief: Account,
) -> None:
    Entry.objects.create(
        at=LONG_AGO - timedelta(days=3 * 365),
        action="adult added",
        kind="families.person",
        label="Claire Martin",
        new={"last_name": "Martin"},
    )
    set_period(rule="journal", number=60, is_automatic=True, actor=chief)

    count_monthly(now=NOW)

    entry = Entry.objects.get(action="adult added", at__lt=LONG_AGO)
    assert (entry.label, entry.new) == ("", {})


def test_the_table_has_words_and_a_source_for_each_line() -> None:
    for country in ("FR", "CA"):
        for rule in rules_in(country):
            assert rule.allows(rule.default)
            assert rule.key in FINDERS
            texts = (NAMES[rule.key], WHY[rule.key], COUNTED_FROM[rule.key])
            assert all(map(str, texts))
            assert str(source_of(rule.key, country=country))


def test_the_books_last_ten_whole_years_in_france_and_seven_in_quebec() -> None:
    books = {
        country: next(each for each in rules_in(country) if each.key == "books")
        for country in ("FR", "CA")
    }

    limits = {
        country: rule.limit(number=rule.default, now=NOW)
        for country, rule in books.items()
    }

    assert limits["FR"] == datetime(2016, 1, 1, tzinfo=UTC)
    assert limits["CA"] == datetime(2019, 1, 1, tzinfo=UTC)
    assert books["FR"].is_fixed
