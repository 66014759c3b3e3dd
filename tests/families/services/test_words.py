"""Ages as parents say them."""

from datetime import date

import pytest
from django.utils.translation import override

from families.services.words import age_words

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("born_on", "words"),
    [
        (date(2026, 11, 21), "0 mois"),
        (date(2026, 4, 22), "6 mois"),
        (date(2026, 4, 21), "7 mois"),
        (date(2024, 11, 22), "23 mois"),
        (date(2024, 11, 21), "2 ans"),
        (date(2018, 5, 4), "8 ans"),
    ],
)
def test_an_age_is_in_months_until_the_second_birthday(born_on, words):
    with override("fr"):
        assert age_words(born_on, TODAY) == words
