"""Give numbers without a gap: one row per series, updated by whoever issues.

The row stays locked until the transaction ends, so a number is taken as late as
possible and never across a call to the outside. A rolled back issue gives it back.
"""

from dataclasses import dataclass

from django.db import connection

from billing.domain.numbering import GENESIS, DocumentNumber
from billing.domain.series import series_of
from billing.enums import SeriesKind
from billing.models import Regie

# Receipts, mandates and bank files never read like an invoice.
PREFIXES = {
    SeriesKind.INVOICE: "",
    SeriesKind.CREDIT_NOTE: "A",
    SeriesKind.RECEIPT: "R",
    SeriesKind.MANDATE: "M",
    SeriesKind.BATCH: "B",
}

_TAKE = """
INSERT INTO billing_numberseries AS series
       (regie_id, kind, year, last_number, last_hash)
VALUES (%s, %s, %s, %s, '')
ON CONFLICT (regie_id, kind, year)
DO UPDATE SET last_number = series.last_number + excluded.last_number
RETURNING last_number, last_hash
"""
_KEEP_HASH = """
UPDATE billing_numberseries SET last_hash = %s
 WHERE regie_id = %s AND kind = %s AND year = %s
"""


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers taken together; `previous_hash` is that of the document before them."""

    series: str
    year: int
    first: int
    previous_hash: str

    def number(self, position: int) -> DocumentNumber:
        """Return the n-th number of the block, from zero."""
        return DocumentNumber(self.series, self.year, self.first + position)


def take_block(*, regie: Regie, kind: SeriesKind, year: int, size: int) -> Block:
    """Take `size` numbers that follow each other, in one statement.

    Call it last: every other issue of the series waits from here to the commit.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [regie.pk, kind, year, size])
        last, last_hash = cursor.fetchone()
    series = PREFIXES[kind] + series_of(regie.code)
    return Block(series, year, last - size + 1, last_hash or GENESIS)


def take_number(*, regie: Regie, kind: SeriesKind, year: int) -> DocumentNumber:
    """Take the next number of a series."""
    return take_block(regie=regie, kind=kind, year=year, size=1).number(0)


def keep_last_hash(*, regie: Regie, kind: SeriesKind, year: int, digest: str) -> None:
    """Remember the end of the chain, in the transaction that took the numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_HASH, [digest, regie.pk, kind, year])
