"""Each reason has a sentence that says what to do."""

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from catalog.domain import refusals as rules
from catalog.domain.prices import MissingFactError
from catalog.domain.refusals import Refusal
from enrolment.domain import refusals as own
from enrolment.services.refusal_wording import SPEAKERS, say_moment, word_refusal

MOMENT = datetime(2026, 12, 3, 11, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "age": 5,
    "youngest": 6,
    "oldest": 10,
    "on": date(2026, 12, 21),
    "first": date(2016, 1, 1),
    "until": date(2021, 1, 1),
    "school_class": "cp",
    "accepted": frozenset({"resident"}),
    "residence": "outside",
    "limit": 1,
    "taken": 1,
    "booked": "Natation",
    "error": MissingFactError(fact="quotient"),
    "service": "Cantine",
}


def every_refusal() -> list[type[Refusal]]:
    found = [*vars(rules).values(), *vars(own).values()]
    return sorted(
        {
            each
            for each in found
            if isinstance(each, type) and issubclass(each, Refusal) and each != Refusal
        },
        key=lambda each: each.__name__,
    )


@pytest.mark.parametrize("kind", every_refusal())
def test_every_refusal_has_a_short_sentence(kind):
    refusal = kind(*[VALUES.get(field.name, MOMENT) for field in fields(kind)])

    sentence = word_refusal(refusal)

    assert kind.code in SPEAKERS
    assert sentence[0].isupper()
    assert sentence.rstrip()[-1] in ".:!)"
    assert "%(" not in sentence
    assert max(len(part.split()) for part in sentence.split(". ")) <= 20


def test_an_unknown_reason_still_says_what_to_do():
    assert "call us" in word_refusal(Refusal())


def test_hours_are_those_of_the_town():
    with timezone.override("America/Toronto"):
        assert "06:00" in say_moment(MOMENT)
