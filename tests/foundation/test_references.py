"""Numbers read aloud, copied by hand, impossible to guess."""

import pytest
from hypothesis import given, strategies as st

from foundation.references import NUMBERS, reference, tidy_reference


@given(st.integers(min_value=0, max_value=NUMBERS - 1))
def test_a_number_typed_in_any_way_is_found_again(drawn):
    number = reference(drawn)

    assert tidy_reference(f" {number.lower().replace('-', ' ')} ") == number


@given(st.integers(min_value=0, max_value=NUMBERS - 2))
def test_two_draws_never_give_the_same_number(drawn):
    assert reference(drawn) != reference(drawn + 1)


def test_no_sign_is_taken_for_another():
    written = "".join(reference(drawn) for drawn in range(0, NUMBERS, NUMBERS // 500))

    assert not set("01IOUV") & set(written)


def test_a_draw_out_of_bounds_is_refused():
    with pytest.raises(ValueError, match="draw below"):
        reference(NUMBERS)


def test_what_is_not_a_number_comes_back_as_typed():
    assert tidy_reference(" bonjour ") == "bonjour"
