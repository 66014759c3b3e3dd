"""Debits of a small town, for the tests of bank files."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from lxml import etree

from billing.gateways.bank_files import (
    Creditor,
    Debit,
    DirectDebitFile,
    FileSummary,
    PainVersion,
    write_direct_debits,
)

IBAN = "FR1420041010050500013M02606"
TOWN = Creditor("Régie de Saint-Aubin", "FR72ZZZ123456", "FR7630001007941234567890185")
DEBIT = Debit(
    end_to_end_id="CANT-2026-000001",
    amount=4250,
    mandate="STAUBIN-2026-000001",
    signed_on=date(2026, 1, 5),
    name="Zoé Martin",
    iban=IBAN,
    collect_on=date(2026, 12, 15),
    text="Cantine d'octobre",
)


def debit(number: int = 1, **facts: Any) -> Debit:
    """Return the n-th debit of a batch."""
    numbered = {
        "end_to_end_id": f"CANT-2026-{number:06d}",
        "mandate": f"STAUBIN-2026-{number:06d}",
    }
    return replace(DEBIT, **(numbered | facts))


def write(
    debits: Iterable[Debit], version: PainVersion = PainVersion.V08, **facts: Any
) -> tuple[FileSummary, bytes]:
    """Return the summary and the bytes of a file."""
    out = BytesIO()
    known: dict[str, Any] = {
        "message_id": "STAUBIN-20261201-01",
        "created_at": datetime(2026, 12, 1, 9, 30),  # noqa: DTZ001 - as banks write it.
        "creditor": TOWN,
        "debits": iter(debits),
        "version": version,
    }
    summary = write_direct_debits(DirectDebitFile(**(known | facts)), out)
    return summary, out.getvalue()


def values(content: bytes, path: str) -> list[str]:
    """Return the texts at a path without namespaces: "DrctDbtTxInf/Dbtr/Nm"."""
    steps = "/".join("{*}" + step for step in path.split("/"))
    found = etree.fromstring(content).findall(f".//{steps}")
    return [element.text or "" for element in found]
