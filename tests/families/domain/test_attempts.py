"""How many guesses are allowed, in figures."""

from datetime import UTC, datetime, timedelta

from families.domain.attempts import LINKING, TRACKING, counts_of, guesses_per_hour

NOW = datetime(2026, 11, 21, 9, 59, 59, tzinfo=UTC)
TRIED = {"account": "1", "address": "10.0.0.1", "target": "F-1"}


def counts(now=NOW, **changed):
    return list(counts_of("link", LINKING, TRIED | changed, now=now))


def test_linking_allows_five_guesses_an_hour_and_ten_a_day():
    figures = [(each.most, each.until - NOW) for each in counts()]

    assert [most for most, _left in figures] == [5, 10, 30, 5, 10]
    assert guesses_per_hour(LINKING, "account") == 5
    assert guesses_per_hour(LINKING, "target") == 5
    assert guesses_per_hour(LINKING, "address") == 30
    assert guesses_per_hour(TRACKING, "address") == 30


def test_the_count_starts_over_with_the_next_hour():
    later = counts(NOW + timedelta(seconds=1))

    assert counts()[0].key != later[0].key
    assert counts()[1].key == later[1].key
    assert counts()[0].until == datetime(2026, 11, 21, 10, tzinfo=UTC)


def test_each_account_address_and_target_has_its_own_count():
    mine = {each.key for each in counts()}
    other = {each.key for each in counts(account="2", address="::1", target="F-2")}

    assert len(mine) == 5
    assert not mine & other


def test_what_was_typed_does_not_show_in_the_key():
    assert not any("F-1" in each.key or "10.0" in each.key for each in counts())
