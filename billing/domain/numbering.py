"""Numbers of invoices and the chain that makes tampering visible.

Numbers have no gap within a series and a fiscal year: the counter that guarantees
it lives in the database, only the way numbers are written lives here.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from billing.domain.errors import BillingError, gettext_noop

GENESIS: Final = "0" * 64
"""What the first document of a series points back to."""

_SERIES = re.compile(r"[A-Z0-9]{1,12}")
_NUMBER = re.compile(r"([A-Z0-9]{1,12})-([0-9]{4})-([0-9]{6,9})")


class NumberRefusedError(BillingError):
    """A number that cannot be written, or text that is not a number."""

    code = "number"
    sentence = gettext_noop(
        "“%(number)s” is not a document number. Copy it as printed on the document."
    )


class NotCanonicalError(TypeError):
    """A value has no single way of being written down, such as a float."""


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """The number of an invoice or of a credit note, such as CANT-2026-000042."""

    series: str
    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse what could not be read back."""
        fits = 1 <= self.number < 10**9 and 1000 <= self.year <= 9999
        if not fits or not _SERIES.fullmatch(self.series):
            raise NumberRefusedError(number=f"{self.series}-{self.year}-{self.number}")

    def __str__(self) -> str:
        """Return the number as printed."""
        return f"{self.series}-{self.year}-{self.number:06d}"


def parse_number(text: str) -> DocumentNumber:
    """Read a number as people type it. Raises NumberRefusedError."""
    match = _NUMBER.fullmatch(text.strip().upper())
    if match is None:
        raise NumberRefusedError(number=text)
    series, year, number = match.groups()
    return DocumentNumber(series, int(year), int(number))


def canonical_json(document: Mapping[str, object]) -> bytes:
    """Return the one way to write a document: sorted keys, no spaces, UTF-8.

    Decimals, dates and identifiers become text. Raises NotCanonicalError for a
    float, or for anything else without an exact form.
    """
    return json.dumps(
        _plain(document), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode()


def chain_hash(previous: str, document: Mapping[str, object]) -> str:
    """Return the SHA-256 of the previous hash followed by the canonical document."""
    return hashlib.sha256(
        previous.encode("ascii") + canonical_json(document)
    ).hexdigest()


def first_broken_link(chain: Iterable[tuple[Mapping[str, object], str]]) -> int | None:
    """Return the position of the first document that was altered, or None.

    `chain` yields (document, stored hash) in the order of the numbers.
    """
    previous = GENESIS
    for position, (document, stored) in enumerate(chain):
        if chain_hash(previous, document) != stored:
            return position
        previous = stored
    return None


def _plain(value: object) -> object:
    """Return the value in JSON types only, or refuse it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise NotCanonicalError(f"{type(value).__name__} has no canonical form")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise NotCanonicalError("the keys of a document are text")
    return key
