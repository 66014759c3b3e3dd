import re

import pytest
from hypothesis import given, strategies as st

from families.domain.codes import ALPHABET, SIGNS, grouped, tidy_code
from families.domain.user_names import user_names_for
from foundation.accounts.models import USER_NAME

CODE = "K7QM2XPA9RTW"


def test_a_code_never_holds_signs_that_look_alike():
    assert not set("0O1I") & set(ALPHABET)
    assert len(ALPHABET) ** SIGNS >= 2**40


@pytest.mark.parametrize(
    "typed",
    ["K7QM-2XPA-9RTW", " k7qm 2xpa 9rtw ", "k7qm2xpa9rtw", "K7QM\N{EN DASH}2XPA.9RTW"],
)
def test_a_code_is_known_however_it_is_typed(typed):
    assert tidy_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", "K7QM-2XPA", "K7QM-2XPA-9RT0", "é" * 12])
def test_what_no_code_looks_like_is_none(typed):
    assert tidy_code(typed) is None


@given(st.text(alphabet=ALPHABET, min_size=SIGNS, max_size=SIGNS))
def test_what_is_printed_can_be_typed(code):
    assert tidy_code(grouped(code)) == code


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("Claire", "Martin", ["claire.martin", "claire.martin2"]),
        ("Anne-Sophie", "D'Œuvre", ["anne-sophie.d-oeuvre", "anne-sophie.d-oeuvre2"]),
        ("Élodie", "Nguyễn Văn", ["elodie.nguyen-van", "elodie.nguyen-van2"]),
        ("李", "", ["famille", "famille2"]),
    ],
)
def test_user_names_are_made_of_the_name(first, last, expected):
    names = user_names_for(first, last)

    assert [next(names), next(names)] == expected


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_user_name_always_fits_the_rule(first, last):
    assert re.match(USER_NAME, next(user_names_for(first, last)))
