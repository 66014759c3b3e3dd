"""The words of the hosted page, in French and in English: `wording/*.json`."""

import json
from functools import cache
from pathlib import Path

Words = dict[str, str]

WORDING = Path(__file__).parent / "wording"


def words_for(locale: str | None, accept_language: str) -> Words:
    """Return French or English: the session's wish first, then the browser's."""
    wish = locale if locale not in (None, "auto") else accept_language
    return spoken("fr" if str(wish).lower().startswith("fr") else "en")


@cache
def spoken(language: str) -> Words:
    words: Words = json.loads((WORDING / f"{language}.json").read_text("utf-8"))
    return words
