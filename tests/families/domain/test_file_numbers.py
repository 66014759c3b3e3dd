"""File numbers find the slips of those who read them aloud."""

import pytest
from hypothesis import given, strategies as st

from families.domain.file_numbers import file_number, is_file_number

DRAWN = st.integers(0, 10**7 - 1)


@given(DRAWN)
def test_every_number_drawn_is_recognised(drawn):
    number = file_number(drawn)

    assert len(number) == 10
    assert is_file_number(number)
    assert is_file_number(f" {number.lower()} ")


@given(DRAWN, st.integers(0, 7), st.integers(1, 9))
def test_a_wrong_digit_is_found(drawn, place, shift):
    digits = file_number(drawn).removeprefix("F-")
    wrong = str((int(digits[place]) + shift) % 10)

    typed = digits[:place] + wrong + digits[place + 1 :]

    assert not is_file_number(typed)


@given(DRAWN, st.integers(0, 6))
def test_two_neighbours_exchanged_are_found(drawn, place):
    digits = file_number(drawn).removeprefix("F-")
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]

    assert is_file_number(swapped) == (swapped == digits)


@pytest.mark.parametrize("text", ["", "F-", "F-1234567", "F-12345678A", "F-٣٣٣٣٣٣٣٣"])
def test_other_texts_are_no_file_numbers(text):
    assert not is_file_number(text)


def test_a_number_too_long_is_refused():
    with pytest.raises(ValueError, match="digits"):
        file_number(10**7)
