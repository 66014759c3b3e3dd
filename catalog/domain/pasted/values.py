"""One number, one hour or one day, as people type it."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, time
from typing import Any

BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})
#: Typed between thousands: an apostrophe, straight or curly.
_APOSTROPHES = str.maketrans({"\u2019": "'"})
#: Dashes that stand for a minus.
_MINUS = re.compile(r"[-\u2212\u2013]\s*[\d.,]|\([\d., ]+\)")
_CURRENCY = re.compile(r"€|\$|\b(?:EUR|CAD)\b", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:([ '])\d{3})(?:\1\d{3})*(?=[.,]|$)")
_PLAIN = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?")
_TWO_MARKS = re.compile(r"\d{1,3}(?:([.,])\d{3})+(?!\1)[.,]\d{1,2}")
_UNCLEAR = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_HOUR = re.compile(r"(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)?")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_SHOWN = 40


class UnclearNumberError(ValueError):
    """The text cannot be read; `reason` is a code, `text` what was typed.

    `column` counts from 1; 0 when the whole line is meant.
    """

    def __init__(self, reason: str, text: str, column: int = 0) -> None:
        """Keep the reason code, what was typed, and where."""
        super().__init__(reason)
        self.reason = reason
        self.text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        self.column = column


def read_number(text: str) -> str:
    """Return a number typed by a person as a plain decimal: "1 150,50 €" is 1150.50.

    Raises UnclearNumberError: "1.150" could be a thousand or one and a bit.
    """
    shown = text.strip()
    value = _CURRENCY.sub("", text.translate(BLANKS)).strip()
    if not value:
        raise UnclearNumberError("empty_cell", shown)
    if _MINUS.match(value):
        raise UnclearNumberError("negative_number", shown)
    value = _GROUPED.sub(
        lambda found: re.sub("[ ']", "", found[0]), value.translate(_APOSTROPHES)
    )
    if _UNCLEAR.fullmatch(value):
        raise UnclearNumberError("unclear_number", shown)
    if _TWO_MARKS.fullmatch(value):
        whole, mark, part = value[:-3], value[-3], value[-2:]
        if mark not in ".,":
            whole, part = value[:-2], value[-1:]
        return f"{re.sub('[.,]', '', whole)}.{part}"
    if not _PLAIN.fullmatch(value):
        raise UnclearNumberError("not_a_number", shown)
    return value.replace(",", ".")


def with_cents(amount: str) -> str:
    """Write a price with its cents: "3.5" is "3.50"."""
    whole, _mark, part = amount.partition(".")
    return f"{whole}.{part:0<2}"


def read_bound(fact: str, text: str) -> Any:
    """Return a bound in the vocabulary of tariffs: "7h30" is "07:30" for an hour.

    Whole numbers come as `int`; the rest as text. Raises UnclearNumberError.
    """
    return _READERS.get(fact, _read_whole)(text)


def write_bound(fact: str, value: Any) -> str:
    """Write a bound as people type it: "2026-09-01" is "01/09/2026"."""
    if fact in {"day", "booked_on"} and value:
        with suppress(ValueError):
            return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    return str(value)


def _read_whole(text: str) -> int:
    value = read_number(text)
    if not value.isdigit():
        raise UnclearNumberError("not_a_whole_number_typed", text.strip())
    return int(value)


def _read_hour(text: str) -> str:
    found = _HOUR.fullmatch(text.translate(BLANKS).strip())
    with suppress(ValueError):
        if found:
            return f"{time(int(found[1]), int(found[2] or 0)):%H:%M}"
    raise UnclearNumberError("not_an_hour", text.strip())


def _read_day(text: str) -> str:
    value = text.translate(BLANKS).strip()
    with suppress(ValueError):
        if found := _DAY.fullmatch(value):
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return date.fromisoformat(value).isoformat()
    raise UnclearNumberError("not_a_day_typed", text.strip())


_READERS: Mapping[str, Callable[[str], Any]] = {
    "quotient": read_number,
    "quantity": read_number,
    "starts": _read_hour,
    "ends": _read_hour,
    "day": _read_day,
    "booked_on": _read_day,
}
