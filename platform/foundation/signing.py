"""Signed values that only open in the town, and for the purpose, they were made for."""

from django.core import signing
from django.core.signing import BadSignature

from foundation.town import current_schema

__all__ = ["BadSignature", "sign", "town_salt", "unsign"]


def town_salt(purpose: str) -> str:
    """Return the salt of a purpose in the current schema."""
    return f"preau|{current_schema()}|{purpose}"


def sign(value: object, *, purpose: str) -> str:
    """Return a URL-safe signed text of a JSON value."""
    return signing.dumps(value, salt=town_salt(purpose))


def unsign(text: str, *, purpose: str, max_age: int | None = None) -> object:
    """Return the value of a signed text.

    `max_age` is in seconds. Raises BadSignature for a text
    altered, too old, made for another purpose or in another town.
    """
    return signing.loads(text, salt=town_salt(purpose), max_age=max_age)
