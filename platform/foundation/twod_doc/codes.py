"""The text of a code taken apart: header, values, signature.

Nothing here raises on what a stranger printed: a text that is no code gives None, a
code that is cut or strange gives what could be read of it.
"""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.twod_doc.lengths import FIXED_LENGTHS, GREATEST_LENGTHS

MARKER = "DC"
#: Characters of the header, by version.
HEADERS = {"01": 22, "02": 22, "03": 24, "04": 26}
#: A Data Matrix never holds more.
LONGEST = 3116
GROUP, RECORD, UNIT = "\x1d", "\x1e", "\x1f"
_EPOCH = date(2000, 1, 1)
_NO_DAY = "FFFF"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a code, as it is written there; `is_cut` when it did not fit."""

    key: str
    text: str
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class SignedCode:
    """A code of an official paper.

    `authority` and `certificate` name who signed, four characters each. `signed` is
    what the signature is about, `signature` is empty when there is none that can be
    read. Days are those of the header; a paper may have none.
    """

    version: str
    authority: str
    certificate: str
    issued_on: date | None
    signed_on: date | None
    kind: str
    perimeter: str
    country: str
    values: tuple[Value, ...]
    signed: bytes
    signature: bytes

    def first(self, *keys: str) -> str:
        """Return the first of these values that is there and not empty."""
        known = {value.key: value.text for value in reversed(self.values)}
        return next((known[key] for key in keys if known.get(key)), "")


def parse(text: str) -> SignedCode | None:
    """Take the text of a Data Matrix apart; None when it is not a 2D-Doc."""
    version = text[2:4]
    length = HEADERS.get(version, 0)
    if not (text.startswith(MARKER) and length and length <= len(text) <= LONGEST):
        return None
    header = text[:length]
    if not (header.isascii() and header.isalnum()):
        return None
    message, _unit, rest = text[length:].partition(UNIT)
    # An annex, which nobody signed, may follow the signature: it is left out.
    signature, _group, _annex = rest.partition(GROUP)
    return SignedCode(
        version=version,
        authority=header[4:8],
        certificate=header[8:12],
        issued_on=_day(header[12:16]),
        signed_on=_day(header[16:20]),
        kind=header[20:22],
        perimeter=header[22:24],
        country=header[24:26],
        values=tuple(_values(message)),
        signed=(header + message).encode("utf-8", errors="replace"),
        signature=_decode(signature),
    )


def _values(message: str) -> Iterator[Value]:
    place = 0
    while place < len(message):
        if message[place] in GROUP + RECORD:
            place += 1
            continue
        key = message[place : place + 2]
        value, place = _value(key, message, place + 2)
        yield value


def _value(key: str, message: str, start: int) -> tuple[Value, int]:
    """Return the value that starts there, and where the next one does."""
    if key in FIXED_LENGTHS:
        end = start + FIXED_LENGTHS[key]
        return Value(key, message[start:end]), end
    end = min(start + GREATEST_LENGTHS.get(key, len(message)), len(message))
    ends = [
        at
        for at in (message.find(mark, start, end + 1) for mark in (GROUP, RECORD))
        if at >= 0
    ]
    if not ends:
        return Value(key, message[start:end]), end
    at = min(ends)
    return Value(key, message[start:at], is_cut=message[at] == RECORD), at + 1


def _day(written: str) -> date | None:
    """Read a number of days since the year 2000, in base 16."""
    if written == _NO_DAY:
        return None
    try:
        return _EPOCH + timedelta(days=int(written, 16))
    except (ValueError, OverflowError):
        return None


def _decode(signature: str) -> bytes:
    """Read base 32 without its padding; nothing when it is something else."""
    try:
        return base64.b32decode(signature + "=" * (-len(signature) % 8))
    except (binascii.Error, ValueError):
        return b""
