"""How the series of a régie's documents are called.

A reference such as ENFANCE-2026-000042 starts with the régie, so that two of them
never print the same one. Receipts, mandates and bank files add a letter in front.
"""

import hashlib
import re
from typing import Final

LONGEST: Final = 11
"""Characters of a series, so that a letter still fits before it."""

_SIGNS = re.compile(r"[^A-Z0-9]")


def series_of(code: str) -> str:
    """Return the series of a régie's code: "cantine-nord" gives CANTINENORD.

    A code too long to fit keeps its start, and a digest of all of it, so that two
    long codes never share a series.
    """
    series = _SIGNS.sub("", code.upper())
    if 0 < len(series) <= LONGEST:
        return series
    digest = hashlib.sha256(code.encode()).hexdigest()[:4].upper()
    return series[: LONGEST - len(digest)] + digest
