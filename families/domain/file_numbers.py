"""File numbers of households: read over the telephone, typed on a form.

`F-` and eight digits. The first seven are drawn at random, so that nobody can count
the families of a town; the last one is a check digit after H. Michael Damm, which
finds every single wrong digit and every exchange of two neighbours.
"""

DRAWN_DIGITS = 7
PREFIX = "F-"

# Damm's quasigroup of order ten: row = interim digit, column = next digit.
_QUASIGROUP = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def file_number(drawn: int) -> str:
    """Return the file number made from a number of at most seven digits."""
    digits = f"{drawn:0{DRAWN_DIGITS}}"
    if len(digits) != DRAWN_DIGITS or not digits.isdecimal():
        raise ValueError(f"{drawn} has not at most {DRAWN_DIGITS} digits")
    return f"{PREFIX}{digits}{_check_digit(digits)}"


def is_file_number(text: str) -> bool:
    """Tell whether a text may be a file number, without a slip of the finger."""
    digits = text.strip().upper().removeprefix(PREFIX).replace(" ", "")
    complete = len(digits) == DRAWN_DIGITS + 1 and digits.isascii()
    return complete and digits.isdecimal() and _check_digit(digits) == "0"


def readings(typed: str) -> frozenset[str]:
    """Return what a number typed by a family may be: a file's, or a person's code.

    Spaces, hyphens, letter case and the first letter do not matter. Always two texts,
    so that looking for any of them costs the same.
    """
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return frozenset({signs, PREFIX + signs.removeprefix(PREFIX[0])})


def _check_digit(digits: str) -> str:
    interim = 0
    for digit in digits:
        interim = int(_QUASIGROUP[interim][int(digit)])
    return str(interim)
