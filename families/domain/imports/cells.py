"""Read one cell of an imported table into a value, or say what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from foundation.spreadsheets import Cell

Reader = Callable[[Cell], Any]

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DAYS = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})"),
)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]{2,}")
_PHONE = re.compile(r"\+?[\d\s().-]{6,}")
_MONEY_SIGNS = str.maketrans("", "", "€$ \u00a0\u202f'")
_CENTS = Decimal("0.01")
_LARGEST = Decimal(100_000)


class CellError(ValueError):
    """A cell is refused: a reason code and its parameters."""

    def __init__(self, reason: str, **params: str) -> None:
        super().__init__(reason)
        self.reason, self.params = reason, params


def plain(text: object) -> str:
    """Return letters and figures only, without accents or capitals, to compare."""
    flat = unicodedata.normalize("NFKD", str(text)).casefold()
    return "".join(sign for sign in flat if sign.isalnum() and sign.isascii())


def by_name(rows: Iterable[tuple[int, str, str]]) -> dict[str, int]:
    """Return ids by code and by name, both made plain. `rows`: id, code, name."""
    return {plain(word): pk for pk, code, name in rows for word in (code, name)}


def number_of(cell: Cell) -> str:
    """Return a file's or a person's number as it is kept: capitals and figures.

    What families type loses its hyphens and blanks too, so that any spelling matches.
    """
    signs = "".join(sign for sign in str(cell).upper() if sign.isalnum())
    if not signs or not signs.isascii():
        raise CellError("not_a_number_of_file")
    return signs


def text(at_most: int) -> Reader:
    """Return the reader of a text of at most so many characters."""

    def read(cell: Cell) -> str:
        value = " ".join(str(cell).split())
        if len(value) > at_most:
            raise CellError("text_too_long", at_most=str(at_most))
        if "\0" in value:
            raise CellError("unreadable_text")
        return value

    return read


def numbered(at_most: int) -> Reader:
    """Return the reader of a number of file or person."""

    def read(cell: Cell) -> str:
        value = number_of(cell)
        if len(value) > at_most:
            raise CellError("text_too_long", at_most=str(at_most))
        return value

    return read


def day(cell: Cell) -> date:
    """Read a day: a date of the spreadsheet, 2018-09-03, or 03/09/2018."""
    if isinstance(cell, date):
        return _plausible(cell)
    for pattern in _DAYS:
        found = pattern.fullmatch(str(cell).strip())
        if found:
            try:
                return _plausible(
                    date(**{k: int(v) for k, v in found.groupdict().items()})
                )
            except ValueError as error:
                raise CellError("not_a_day") from error
    raise CellError("not_a_day")


def email(cell: Cell) -> str:
    """Read an e-mail address, in lower case."""
    value = str(cell).strip().lower()
    if not _EMAIL.fullmatch(value) or len(value) > 254:
        raise CellError("not_an_address")
    return value


def phone(cell: Cell) -> str:
    """Read a telephone number, kept as it is written.

    A spreadsheet that took it for a number has lost its first zero: it is put back.
    """
    if isinstance(cell, int) and len(str(cell)) == 9:
        return f"0{cell}"
    value = str(cell).strip()
    if not _PHONE.fullmatch(value) or len(value) > 40:
        raise CellError("not_a_phone")
    return value


def decimal(cell: Cell) -> Decimal:
    """Read an amount written as people do: 1 234,56 or 1234.56, to the cent."""
    written = str(cell).translate(_MONEY_SIGNS).replace(",", ".")
    if "e" in written.lower():
        # 1E+2 hides its digits: a spreadsheet wrote it, nobody meant it.
        raise CellError("not_an_amount")
    try:
        value = Decimal(written)
    except InvalidOperation as error:
        raise CellError("not_an_amount") from error
    if (
        not value.is_finite()
        or abs(value) > _LARGEST
        or value != value.quantize(_CENTS)
    ):
        raise CellError("not_an_amount")
    return value


def positive(cell: Cell) -> Decimal:
    """Read an amount that is not negative."""
    value = decimal(cell)
    if value < 0:
        raise CellError("not_an_amount")
    return value


def choice(words: Mapping[str, str]) -> Reader:
    """Return the reader of one of some words, whatever their accents and capitals."""
    known = {plain(word): value for word, value in words.items()}

    def read(cell: Cell) -> str:
        try:
            return known[plain(cell)]
        except KeyError:
            allowed = ", ".join(dict.fromkeys(words))
            raise CellError("not_allowed_here", allowed=allowed) from None

    return read


def _plausible(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise CellError("not_a_day")
    return day
