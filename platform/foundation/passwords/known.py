"""Passwords that guessers try first.

Nothing leaves the machine: the list is the one that comes with Django, 20,000
passwords seen most often in public leaks. A known word in disguise is refused too:
capitals, digits and signs around it, `@` for `a`. So are runs along the keyboard.
"""

import re
from collections.abc import Collection
from functools import cache
from unicodedata import combining, normalize

from django.contrib.auth.password_validation import CommonPasswordValidator

_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_DISGUISES = str.maketrans("0134578@$!€", "oieastbasie")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1234567890",
)
_SHORTEST_WORD = 4
_FEWEST_DIFFERENT = 5


def is_guessable(password: str, *, words: Collection[str] = ()) -> bool:
    """Tell whether a guesser would try it early.

    `words` are those of the place: the town's name, the address that signs in.
    """
    text = _plain(password)
    core = _AROUND.sub("", text)
    disguised = core.translate(_DISGUISES)
    local = {_plain(word) for word in words if len(word) >= _SHORTEST_WORD}
    return (
        len(set(text)) < _FEWEST_DIFFERENT
        or not core
        or _is_run(text)
        or any(_is_word(each, local) for each in {text, core, disguised})
    )


def _is_word(text: str, local: Collection[str]) -> bool:
    """Tell whether it is a known word, perhaps repeated."""
    if len(text) < _SHORTEST_WORD:
        return False
    unit = text[: (text + text).find(text, 1)]
    return any(each in local or each in _listed() for each in (text, unit))


def _is_run(text: str) -> bool:
    """Tell whether it follows the keyboard or the alphabet, either way, round again."""
    rounds = (run * (len(text) // len(run) + 2) for run in _RUNS)
    return any(text in line or text[::-1] in line for line in rounds)


def _plain(text: str) -> str:
    """Return small letters without accents."""
    parts = normalize("NFKD", text.lower())
    return "".join(part for part in parts if not combining(part))


@cache
def _listed() -> frozenset[str]:
    """Return the list, read once per process."""
    return frozenset(CommonPasswordValidator().passwords)
