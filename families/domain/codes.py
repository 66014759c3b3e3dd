"""Subscriber codes: printed in a letter, read aloud, typed on a telephone.

Twelve signs out of thirty-two, 60 bits, in three groups of four. Nought, O, one and I
look alike and are never drawn; letter case, blanks and hyphens do not matter.
"""

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SIGNS = 12
_GROUP = 4
_IGNORED = str.maketrans("", "", " -\N{NO-BREAK SPACE}\N{EN DASH}.\t")


def tidy_code(text: str) -> str | None:
    """Return the code as it is compared, or None when no code looks like this."""
    code = text.translate(_IGNORED).upper()
    known = len(code) == SIGNS and set(code) <= set(ALPHABET)
    return code if known else None


def grouped(code: str) -> str:
    """Return a code as people read it: `K7QM-2XPA-9RTW`."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
