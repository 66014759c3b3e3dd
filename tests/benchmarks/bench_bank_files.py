"""Goal 6: 10,000 debits to a pain.008 that fits its schema.

Run with `python -m tests.benchmarks.bench_bank_files`. The floor writes the same
XML from one format string, then lets libxml2 parse and validate it.
"""

import io
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree
from sepaxml import SepaDD

from billing.gateways.bank_files import (
    Creditor,
    Debit,
    DirectDebitFile,
    PainVersion,
    validate_bank_file,
    write_direct_debits,
)
from billing.gateways.bank_files.validation import schema_of
from tests.benchmarks.report import Row, cpu_medians, report, row_at_most

COUNT = 10_000
VERSION = PainVersion.V08
IBAN = "FR1420041010050500013M02606"
TOWN = Creditor("Régie de Saint-Aubin", "FR72ZZZ123456", "FR7630001007941234567890185")
DAY = date(2026, 12, 15)
SIGNED = date(2026, 1, 5)

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{namespace}">'
    "<CstmrDrctDbtInitn><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-12-01T09:30:00</CreDtTm>"
    "<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum><InitgPty><Nm>R</Nm></InitgPty>"
    "</GrpHdr><PmtInf><PmtInfId>M-01</PmtInfId><PmtMtd>DD</PmtMtd>"
    "<BtchBookg>true</BtchBookg><NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum>"
    "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm><Cd>CORE</Cd></LclInstrm>"
    "<SeqTp>RCUR</SeqTp></PmtTpInf><ReqdColltnDt>2026-12-15</ReqdColltnDt>"
    "<Cdtr><Nm>R</Nm></Cdtr><CdtrAcct><Id><IBAN>{iban}</IBAN></Id></CdtrAcct><CdtrAgt>"
    "<FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></CdtrAgt>"
    "<ChrgBr>SLEV</ChrgBr><CdtrSchmeId><Id><PrvtId><Othr><Id>FR72ZZZ123456</Id><SchmeNm>"
    "<Prtry>SEPA</Prtry></SchmeNm></Othr></PrvtId></Id></CdtrSchmeId>"
)
_DEBIT = (
    "<DrctDbtTxInf><PmtId><EndToEndId>{reference}</EndToEndId></PmtId>"
    '<InstdAmt Ccy="EUR">{euros}.{cents:02d}</InstdAmt><DrctDbtTx><MndtRltdInf>'
    "<MndtId>{mandate}</MndtId><DtOfSgntr>2026-01-05</DtOfSgntr></MndtRltdInf>"
    "</DrctDbtTx><DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId>"
    "</DbtrAgt><Dbtr><Nm>{name}</Nm></Dbtr><DbtrAcct><Id><IBAN>{iban}</IBAN></Id>"
    "</DbtrAcct><RmtInf><Ustrd>Cantine octobre</Ustrd></RmtInf></DrctDbtTxInf>"
)
_TAIL = "</PmtInf></CstmrDrctDbtInitn></Document>"


def debits() -> Iterator[Debit]:
    """Yield the debits of a big town."""
    for number in range(COUNT):
        yield Debit(
            end_to_end_id=f"CANT-2026-{number:06d}",
            amount=1000 + number,
            mandate=f"STAUBIN-2026-{number:06d}",
            signed_on=SIGNED,
            name=f"Zoé Martin {number}",
            iban=IBAN,
            collect_on=DAY,
            text="Cantine octobre",
        )


def write() -> bytes:
    """Return our file."""
    out = io.BytesIO()
    created_at = datetime(2026, 12, 1, 9, 30)  # noqa: DTZ001 - as banks write it.
    file = DirectDebitFile("M-1", created_at, TOWN, debits(), VERSION)
    write_direct_debits(file, out)
    return out.getvalue()


def ours() -> None:
    """Write and validate."""
    problems = validate_bank_file(write(), VERSION)
    assert problems == [], problems


def floor() -> None:
    """Format strings, parse, validate: nothing is checked, nothing transliterated."""
    total = f"{sum(range(1000, 1000 + COUNT)) / 100:.2f}"
    parts = [
        _HEAD.format(
            namespace=VERSION.namespace, count=COUNT, total=total, iban=TOWN.iban
        )
    ]
    parts += [
        _DEBIT.format(
            reference=f"CANT-2026-{number:06d}",
            euros=(1000 + number) // 100,
            cents=(1000 + number) % 100,
            mandate=f"STAUBIN-2026-{number:06d}",
            name=f"Zoe Martin {number}",
            iban=IBAN,
        )
        for number in range(COUNT)
    ]
    parts.append(_TAIL)
    tree = etree.fromstring("".join(parts).encode())
    assert schema_of(VERSION).validate(tree)


def by_sepaxml(*, validate: bool) -> None:
    """Let the usual library write the same debits."""
    config = {
        "name": TOWN.name,
        "IBAN": TOWN.iban,
        "BIC": "TRPUFRP1",
        "batch": True,
        "creditor_id": TOWN.identifier,
        "currency": "EUR",
        "instrument": "CORE",
    }
    theirs = SepaDD(config, schema=VERSION.value, clean=True)
    for item in debits():
        theirs.add_payment(
            {
                "name": item.name,
                "IBAN": item.iban,
                "amount": item.amount,
                "type": item.sequence.value,
                "collection_date": item.collect_on,
                "mandate_id": item.mandate,
                "mandate_date": item.signed_on,
                "description": item.text,
                "endtoend_id": item.end_to_end_id,
            }
        )
    theirs.export(validate=validate)


def peak_mebibytes() -> float:
    """Return the most memory Python held while writing to nowhere."""

    class Nowhere(io.RawIOBase):
        def write(self, content: object) -> int:
            return len(content)  # type: ignore[arg-type]  # Always bytes here.

    created_at = datetime(2026, 12, 1, 9, 30)  # noqa: DTZ001 - as banks write it.
    file = DirectDebitFile("M-1", created_at, TOWN, debits(), VERSION)
    tracemalloc.start()
    write_direct_debits(file, Nowhere())  # type: ignore[arg-type]  # A writer is enough.
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def run() -> list[Row]:
    """Measure and report."""
    seconds = cpu_medians(
        {
            "ours": ours,
            "floor": floor,
            "sepaxml": lambda: by_sepaxml(validate=False),
            "sepaxml validated": lambda: by_sepaxml(validate=True),
        }
    )
    mine = seconds["ours"]
    rows = [
        row_at_most(
            "6",
            "pain.008, 10,000 debits, against string + parse + schema (CPU s)",
            ours=mine,
            floor=seconds["floor"],
            limit=4,
        ),
        row_at_most(
            "6",
            "the same against sepaxml export(validate=True) (CPU s)",
            ours=mine,
            floor=seconds["sepaxml validated"],
            limit=1 / 15,
        ),
        row_at_most(
            "6",
            "the same against sepaxml export(validate=False) (CPU s)",
            ours=mine,
            floor=seconds["sepaxml"],
            limit=1,
        ),
        row_at_most(
            "6",
            "most memory while writing, against 50 MiB (MiB)",
            ours=peak_mebibytes(),
            floor=50,
            limit=1,
        ),
    ]
    report("bank_files", rows)
    return rows


if __name__ == "__main__":
    run()
