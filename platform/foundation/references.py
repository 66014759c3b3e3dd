"""Numbers that people read aloud, copy by hand and cannot guess.

Ten signs out of thirty: nobody finds another family's number by trying.
"""

# Without 0 and O, 1 and I, U and V: they are taken for each other.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTWXYZ"
LENGTH = 10
GROUP = 5
#: How many numbers there are: draw below it.
NUMBERS = len(SIGNS) ** LENGTH


def reference(drawn: int) -> str:
    """Write a number drawn at random below NUMBERS: "7K4MX-9QHTB"."""
    if not 0 <= drawn < NUMBERS:
        raise ValueError(f"draw below {NUMBERS}: {drawn}")
    signs = ""
    for _ in range(LENGTH):
        drawn, rest = divmod(drawn, len(SIGNS))
        signs += SIGNS[rest]
    return f"{signs[:GROUP]}-{signs[GROUP:]}"


def tidy_reference(typed: str) -> str:
    """Return what was meant by a number typed with spaces or in small letters."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(signs) != LENGTH:
        # PostgreSQL refuses texts with a NUL, even to compare with.
        return typed.replace("\0", "").strip()
    return f"{signs[:GROUP]}-{signs[GROUP:]}"
