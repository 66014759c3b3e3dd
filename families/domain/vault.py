"""My documents: everything the household gave, and every paper it got."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class VaultKind(StrEnum):
    """What a paper is, for the filter."""

    GIVEN = "given"
    INVOICE = "invoice"
    RECEIPT = "receipt"
    MANDATE = "mandate"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its name, where it is downloaded, what it is about and since when."""

    kind: VaultKind
    title: str
    href: str
    at: datetime
    meta: str = ""
    again_href: str = ""
