"""What each document wants to be told, beside what every document wants."""

from collections.abc import Sequence
from typing import TypedDict

from foundation.documents import Document, Person


class Claim(TypedDict):
    """A subscriber code, until when, and how to use it; `qr` is an SVG image."""

    code: str
    valid: str
    address: str
    qr: str
    steps: Sequence[str]


class Letter(TypedDict):
    """One page for one household."""

    addressee: Person
    household_number: str
    claim: Claim


class LettersDocument(Document):
    """Letters, one page each; the words are the same for all."""

    opening: Sequence[str]
    closing: Sequence[str]
    place_and_day: str
    letters: Sequence[Letter]


class RecapPart(TypedDict):
    """One subject of what was done, in sentences."""

    title: str
    lines: Sequence[str]


class RecapDocument(Document):
    """What was done at the counter; `claim` is empty when no code was asked for."""

    addressee: Person
    household_number: str
    visit: str
    opening: Sequence[str]
    parts: Sequence[RecapPart]
    claim: Sequence[Claim]
