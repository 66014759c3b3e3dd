"""The rule of passwords."""

import pytest
from hypothesis import given, strategies as st

from foundation.passwords.rules import (
    FLOOR,
    Kind,
    PasswordRule,
    bits,
    kind_of,
    rule_of,
    unmet,
)

RULES = st.builds(
    PasswordRule,
    length=st.integers(1, 64),
    kinds=st.integers(0, 4),
    required=st.frozensets(st.sampled_from(Kind)),
)


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        ("Soleil-42", ()),
        ("soleil-42", ()),
        ("Soleilplu", ("kinds",)),
        ("So-4", ("length",)),
        ("soleil", ("length", "kinds")),
    ],
)
def test_eight_characters_of_three_kinds(password, missing):
    rule = PasswordRule(length=8, kinds=3)

    assert unmet(rule, password) == missing


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        ("soleil-de-mai-7", ()),
        ("SOLEIL-DE-MAI-7", ("lower",)),
        ("soleil-de-mai", ("digit",)),
        ("SOLEIL", ("length", "lower", "digit")),
    ],
)
def test_a_small_letter_and_a_digit_are_required(password, missing):
    rule = PasswordRule(length=10, required=frozenset({Kind.LOWER, Kind.DIGIT}))

    assert unmet(rule, password) == missing


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        ("é", Kind.LOWER),
        ("É", Kind.UPPER),
        ("٣", Kind.DIGIT),
        (" ", Kind.SYMBOL),
        ("²", Kind.SYMBOL),
        ("ب", Kind.LOWER),
    ],
)
def test_characters_of_every_script_have_a_kind(character, kind):
    assert kind_of(character) == kind


def test_the_floor_is_about_fifty_bits_for_random_passwords():
    # Three kinds: the recommendation's own example, with eleven signs.
    counted = [bits(FLOOR[3], 73), bits(FLOOR[2], 36), bits(FLOOR[1], 26)]

    assert [round(each) for each in counted] == [50, 52, 56]


@given(rule=RULES)
def test_what_a_town_saved_never_goes_under_the_floor(rule):
    raised = rule_of(
        length=rule.length, kinds=rule.kinds, required=[str(k) for k in rule.required]
    )

    assert raised.is_strong_enough
    assert raised.length >= rule.length
    assert (raised.kinds, raised.required) == (rule.kinds, rule.required)


@given(rule=RULES, password=st.text(max_size=80))
def test_a_longer_password_never_meets_fewer_conditions(rule, password):
    before, after = unmet(rule, password), unmet(rule, password + "aA1-")

    assert set(after) <= set(before)


@given(rule=RULES, password=st.text(max_size=80))
def test_a_password_without_unmet_condition_obeys_the_rule(rule, password):
    found = {kind_of(character) for character in password}

    obeys = (
        len(password) >= rule.length
        and rule.required <= found
        and len(found) >= rule.kinds
    )

    assert (unmet(rule, password) == ()) is obeys
