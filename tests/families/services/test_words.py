"""Ages as parents say them."""

from datetime import date

import pytest
from django.utils.translation import override

from families.services.words import age_words

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("born_on", "words"),
    [
        (date(2026, 11, 21), "0 months"),
        (date(2026, 4, 22), "6 months"),
        (date(2026, 4, 21), "7 months"),
        (date(2024, 11, 22), "23 months"),
        (date(2024, 11, 21), "2 years old"),
        (date(2018, 5, 4), "8 years old"),
    ],
)
def test_an_age_is_in_months_until_the_second_birthday(born_on, words):
    with override("en"):
        assert age_words(born_on, TODAY) == words
