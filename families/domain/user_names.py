"""User names made from a person's name, and temporary passwords made of nothing.

Both are read on paper and typed on a telephone.
"""

import unicodedata
from collections.abc import Iterator

LONGEST = 30
SHORTEST = 3
# Nought and o, one, i and l look alike: none of them is drawn.
PASSWORD_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - what they are made of.
PASSWORD_GROUPS = 3
PASSWORD_GROUP = 4
_DEFAULT = "famille"
_JOINTS = " -'\N{RIGHT SINGLE QUOTATION MARK}"


def user_names_for(first_name: str, last_name: str) -> Iterator[str]:
    """Yield user names to try, best first and without end.

    Claire Martin: `claire.martin`, then `claire.martin2`...
    """
    parts = [part for part in map(_plain, (first_name, last_name)) if part]
    name = ".".join(parts)[: LONGEST - 6].strip(".-")
    if len(name) < SHORTEST:
        name = _DEFAULT
    yield name
    number = 2
    while True:
        yield f"{name}{number}"
        number += 1


def _plain(name: str) -> str:
    """Return a name in small letters without accents, its parts hyphenated."""
    bare = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    kept = "".join(
        sign if sign.isascii() and sign.isalnum() else "-" if sign in _JOINTS else ""
        for sign in bare
    )
    return "-".join(filter(None, kept.split("-")))
