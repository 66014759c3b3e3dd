"""What is wrong with a pack is told all at once, each with its place and reason."""

from pathlib import Path
from typing import Any

import pytest

from foundation.problems import ConfigurationError, explain
from tenants.gateways.pack_files import read_pack_file
from tenants.services.opening import checked_pack
from tests.cast import pack_of

DEMO = sorted((Path(__file__).parents[2] / "infra" / "demo").glob("*.yaml"))


def put(data: Any, path: str, value: object) -> None:
    """Change what stands at a path, written as in the problems."""
    *way, last = path.replace("[", ".").replace("]", "").split(".")
    for key in way:
        data = data[int(key)] if key.isdigit() else data[key]
    if last == "+":
        data.append(value)
    elif value is ...:
        del data[last]
    else:
        data[int(last) if last.isdigit() else last] = value


def problems_of(data: object) -> dict[str, str]:
    with pytest.raises(ConfigurationError) as refused:
        checked_pack(data)
    for problem in refused.value.problems:
        assert "%(" not in explain(problem)
        assert explain(problem) != problem.reason
    return {each.path: each.reason for each in refused.value.problems}


@pytest.mark.parametrize("file", DEMO, ids=lambda path: path.stem)
def test_the_demo_towns_have_no_problem(file):
    checked_pack(read_pack_file(file.read_bytes()))


RULES = "tariffs[0].versions[0].rules"
LUNCH = "services[0].activities[0]"
COURSE = "services[1].activities[0].sessions[0]"
BODY = "pages.sections[0].pages[0].body"


@pytest.mark.parametrize(
    ("change", "value", "reason", "deeper"),
    [
        # The town and its administrator.
        ("town.name", ..., "missing", ""),
        ("town.host", "a b", "not_a_host", ""),
        ("town.host", "console", "host_reserved", ""),
        ("town.currency", "USD", "not_allowed", ""),
        ("town.time_zone", "Mars/Base", "no_such_zone", ""),
        ("town.colour", "red", "unknown_key", ""),
        ("administrator.email", "nobody", "not_an_address", ""),
        ("administrator.password", "x", "unknown_key", ""),
        ("administrator", ..., "missing", ""),
        ("townhall.brand_colour", "teal", "not_a_colour", ""),
        ("townhall.brand_colour", "#ffee00", "pale_colour", ""),
        ("townhall.minimum_age", 8, "too_small", ""),
        ("townhall.sign_up_style", "captcha", "not_allowed", ""),
        ("townhall.password_length", 11, "too_small", ""),
        ("communes", {}, "not_a_list", ""),
        ("extra", 1, "unknown_key", ""),
        # Proofs.
        ("proof_types[0].months", 0, "too_small", ""),
        ("proof_types[2].months", 3, "unknown_key", ""),
        ("proof_types[1].code", "domicile", "repeated_code", ""),
        ("proof_types[0].proves", "love", "not_allowed", ""),
        # Calendar.
        ("calendar.public_holidays", "XX", "no_such_holidays", ""),
        ("calendar.periods[0].until", "2026-02-30", "not_a_day", ""),
        ("calendar.periods[0].until", "2020-01-01", "not_after_from", ""),
        # Tariffs, as the price engine sees them.
        (f"{RULES}.currency", "CAD", "other_currency", ""),
        (f"{RULES}.rules[2].bands[0].amount", 2.5, "float_refused", ""),
        (f"{RULES}.rules[2].bands[1].from", "450", "hole_before_band", ""),
        (f"{RULES}.split", {"meal": "90"}, "shares_not_100", ""),
        (f"{RULES}.rules", [], "empty_list", ""),
        ("tariffs[0].versions", [], "empty_list", ""),
        ("tariffs[0].versions[0].voted_on", "hier", "not_a_day", ""),
        # Services.
        ("services[0].department", "culture", "unknown_reference", ""),
        ("services[0].situations[1].code", "ecole", "repeated_code", ""),
        ("services[0].requirements[0].situation", "nul", "unknown_reference", ""),
        ("services[0].requirements[0].proof", "nul", "unknown_reference", ""),
        ("services[1].requirements[0].mandatory", True, "mandatory_without_access", ""),
        ("services[0].billing_mode", "later", "not_allowed", ""),
        (f"{LUNCH}.tariff", "inconnu", "unknown_reference", ""),
        (f"{LUNCH}.weekdays", ["lundi"], "not_allowed", "[0]"),
        (f"{LUNCH}.end_time", "10:00", "not_after_from", ""),
        (f"{LUNCH}.booking_deadline.at", "9h", "not_a_time", ""),
        (f"{LUNCH}.units", "two", "not_a_whole_number", ""),
        (f"{COURSE}.period", "paques", "unknown_reference", ""),
        (f"{COURSE}.last_day", "2026-12-20", "not_after_from", ""),
        (f"{COURSE}.meets_on", ["2026-12-30"], "outside_session", "[0]"),
        (
            "services[1].activities[0].windows[0].until",
            "2026-11-01T00:00",
            "not_after_from",
            "",
        ),
        # Régies.
        ("regies[0].services", ["piscine"], "unknown_reference", "[0]"),
        ("regies[0].creditor.ics", "FR00ZZZ123456", "refused_by_billing", ""),
        (
            "regies[0].creditor.iban",
            "FR7630006000011234567890188",
            "refused_by_billing",
            "",
        ),
        ("regies[0].creditor", ..., "missing", ""),
        ("regies[0].rails", ["gold"], "not_allowed", "[0]"),
        # Pages.
        (BODY, [{}], "no_block", "[0]"),
        (BODY, [{"image": "x"}], "unknown_key", "[0].image"),
        (
            BODY,
            [{"links": [{"title": "x", "url": "javascript:1"}]}],
            "not_a_link",
            "[0].links[0].url",
        ),
    ],
)
def test_each_mistake_is_told_with_its_place(change, value, reason, deeper):
    data = pack_of("rochebelle")
    put(data, change, value)

    problems = problems_of(data)

    assert problems.get(f"{change}{deeper}") == reason


def test_all_the_problems_of_all_the_sections_come_together():
    data = pack_of("rochebelle")
    put(data, "town.host", "?")
    put(data, "proof_types[0].kind", "stone")
    put(data, "tariffs[0].name", "")
    put(data, f"{LUNCH}.tariff", "inconnu")
    put(data, "regies[0].services", ["piscine"])

    problems = problems_of(data)

    assert set(problems) == {
        "town.host",
        "proof_types[0].kind",
        "tariffs[0].name",
        f"{LUNCH}.tariff",
        "regies[0].services[0]",
    }


def test_a_deadline_that_forgets_a_day_of_opening_is_refused():
    data = pack_of("rochebelle")
    rule = {"rule": "weekday_before", "days": {"monday": "friday"}, "at": "09:00"}
    put(data, f"{LUNCH}.booking_deadline", rule)

    problems = problems_of(data)

    assert problems == {f"{LUNCH}.booking_deadline": "day_without_deadline"}


def test_a_town_in_dollars_takes_no_direct_debit():
    data = pack_of("rochebelle")
    put(data, "town.currency", "CAD")

    problems = problems_of(data)

    assert problems["regies[0].rails"] == "debits_in_euros"


def test_a_stripe_account_that_is_none_is_refused_before_the_first_payment():
    data = pack_of("rochebelle")
    put(data, "regies[0].stripe_account", "sk_live_a_secret")

    problems = problems_of(data)

    assert problems == {"regies[0].stripe_account": "not_a_stripe_account"}


@pytest.mark.parametrize("data", [None, [], "town", 12])
def test_something_else_than_a_pack_is_refused(data):
    assert problems_of(data) == {".": "not_a_mapping"}
