import re

import pytest

from infra.simulator.amounts import shown
from infra.simulator.words import spoken, words_for


def test_both_languages_say_the_same_things():
    french, english = spoken("fr"), spoken("en")

    assert french.keys() == english.keys()
    for word, said in french.items():
        known = {*re.findall(r"{\w+}", english[word]), "{town}"}
        assert set(re.findall(r"{\w+}", said)) <= known


@pytest.mark.parametrize(
    ("amount", "currency", "language", "expected"),
    [
        (1240, "eur", "fr", "12,40\u00a0€"),
        (1240, "eur", "en", "€12.40"),
        (5, "cad", "fr", "0,05\u00a0$"),
        (123456789, "eur", "fr", "1\u202f234\u202f567,89\u00a0€"),
        (123456789, "chf", "en", "CHF\u00a01,234,567.89"),
    ],
)
def test_amounts_are_written_as_families_read_them(
    amount, currency, language, expected
):
    assert shown(amount, currency, language) == expected


@pytest.mark.parametrize(
    ("locale", "browser", "language"),
    [
        ("fr", "en", "fr"),
        ("fr-CA", "", "fr"),
        ("de", "fr", "en"),
        ("auto", "fr-BE,fr;q=0.9", "fr"),
        (None, "", "en"),
    ],
)
def test_the_language_is_the_sessions_then_the_browsers(locale, browser, language):
    assert words_for(locale, browser)["lang"] == language
