"""Passwords that guessers try first."""

import pytest

from foundation.passwords.known import is_guessable


@pytest.mark.parametrize(
    "password",
    [
        *("password", "Password2026!", "P@ssw0rd2026!", "motdepasse", "Marseille13!"),
        *("aaaaaaaaaaaa", "abababababab", "123456789012", "20-09-2016"),
        *("azertyuiopqsdf", "cxzlkjhgfdsa", "abcdefghijkl"),
        *("Rochebelle-2026", "rôchebelle!!", "rochebellerochebelle"),
    ],
)
def test_a_known_word_is_refused_whatever_its_disguise(password):
    assert is_guessable(password, words=["Rochebelle"])


@pytest.mark.parametrize(
    "password",
    [
        *("un-long-secret", "un secret assez long 42", "Soleil-vert7", "girafe&tuba"),
        "password-girafe-tuba",
    ],
)
def test_other_passwords_are_not(password):
    assert not is_guessable(password, words=["Rochebelle", "Ada"])


def test_short_words_of_the_place_are_left_alone():
    assert not is_guessable("ada-lac-brume", words=["ada"])
