"""Write pain.008: thousands of debits in one pass, in little memory.

The schema wants counts and sums before the debits they count. Each debit is
therefore written at once into its block, kept compressed in memory (account numbers
never touch a temporary file), and the blocks follow the header at the end.
The same input gives the same bytes: no identifier and no date is made up here.
"""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date
from typing import BinaryIO, Protocol

from lxml import etree

from billing.domain.errors import gettext_noop
from billing.domain.sepa import SequenceType
from billing.domain.sepa_text import to_sepa_latin
from billing.gateways.bank_files.checks import check_debit, check_file
from billing.gateways.bank_files.elements import (
    creditor_elements,
    euros,
    payment_type,
)
from billing.gateways.bank_files.fragments import debit_xml
from billing.gateways.bank_files.records import (
    BankFileError,
    Debit,
    DirectDebitFile,
    FileSummary,
    GroupSummary,
)


class _Xml(Protocol):
    """The part of lxml's incremental writer that we use (absent from its stubs)."""

    def element(self, tag: str, /) -> AbstractContextManager[None]: ...
    def write(self, *content: object) -> None: ...
    def flush(self) -> None: ...


def write_direct_debits(batch: DirectDebitFile, out: BinaryIO) -> FileSummary:
    """Write the file and return what it holds.

    Debits are grouped by collection day and sequence type, in that order. Raises
    BankFileError at the first debit the bank would refuse: nothing is written then.
    """
    check_file(batch)
    blocks = _fill_blocks(batch)
    hashing = _HashingOut(out)
    groups = _write_document(batch, blocks, hashing)
    return FileSummary(
        message_id=batch.message_id,
        version=batch.version,
        count=sum(group.count for group in groups),
        total=sum(group.total for group in groups),
        groups=groups,
        sha256=hashing.hexdigest(),
    )


class _Block:
    """The debits of one day and one sequence type: written, compressed, counted."""

    def __init__(self) -> None:
        self.count = 0
        self.total = 0
        self._chunks: list[bytes] = []
        self._packer = zlib.compressobj(level=1)

    def add(self, fragment: bytes, amount: int) -> None:
        self.count += 1
        self.total += amount
        if packed := self._packer.compress(fragment):
            self._chunks.append(packed)

    def read(self) -> Iterator[bytes]:
        """Yield what was added; once only."""
        unpacker = zlib.decompressobj()
        self._chunks.append(self._packer.flush())
        for chunk in self._chunks:
            yield unpacker.decompress(chunk)
        yield unpacker.flush()


class _HashingOut:
    """Pass bytes through and remember their digest."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._digest = hashlib.sha256()

    def write(self, content: bytes) -> int:
        self._digest.update(content)
        return self._out.write(content)

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


_Blocks = dict[tuple[date, SequenceType], _Block]


def _fill_blocks(batch: DirectDebitFile) -> _Blocks:
    """Read the debits, once."""
    blocks: _Blocks = {}
    seen: set[str] = set()
    for debit in batch.debits:
        _check_new(debit, seen)
        fragment = debit_xml(
            debit,
            version=batch.version,
            place=batch.smnda_place,
            creditor=batch.creditor,
        )
        key = debit.collect_on, debit.sequence
        if key not in blocks:
            blocks[key] = _Block()
        # One line for each debit: the bank's remarks name lines.
        blocks[key].add(fragment + b"\n", debit.amount)
    if not blocks:
        reason = gettext_noop("it holds no debit")
        raise BankFileError(subject=batch.message_id, reason=reason)
    return blocks


def _check_new(debit: Debit, seen: set[str]) -> None:
    """Refuse a wrong debit, or one whose reference was already used."""
    check_debit(debit)
    if debit.end_to_end_id in seen:
        reason = gettext_noop("its reference is used twice")
        raise BankFileError(subject=debit.end_to_end_id, reason=reason)
    seen.add(debit.end_to_end_id)


def _write_document(
    batch: DirectDebitFile, blocks: _Blocks, out: _HashingOut
) -> tuple[GroupSummary, ...]:
    groups = tuple(
        _summary(batch, position, key, blocks[key])
        for position, key in enumerate(sorted(blocks), start=1)
    )
    root = f"{{{batch.version.namespace}}}Document"
    with etree.xmlfile(out, encoding="UTF-8") as xml:
        xml.write_declaration()
        with (
            xml.element(root, nsmap={None: batch.version.namespace}),
            xml.element("CstmrDrctDbtInitn"),
        ):
            xml.write(_header(batch, groups))
            for group in groups:
                block = blocks[group.collect_on, group.sequence]
                _write_block(xml, batch, group, block, out)
    return groups


def _summary(
    batch: DirectDebitFile,
    position: int,
    key: tuple[date, SequenceType],
    block: _Block,
) -> GroupSummary:
    return GroupSummary(
        identifier=f"{batch.message_id}-{position:02d}",
        sequence=key[1],
        collect_on=key[0],
        count=block.count,
        total=block.total,
    )


def _header(batch: DirectDebitFile, groups: tuple[GroupSummary, ...]) -> etree._Element:
    root = etree.Element("GrpHdr")
    count = sum(group.count for group in groups)
    total = sum(group.total for group in groups)
    facts = {
        "MsgId": batch.message_id,
        "CreDtTm": batch.created_at.replace(microsecond=0, tzinfo=None).isoformat(),
        "NbOfTxs": str(count),
        "CtrlSum": euros(total),
    }
    for tag, value in facts.items():
        etree.SubElement(root, tag).text = value
    party = etree.SubElement(root, "InitgPty")
    name = to_sepa_latin(batch.creditor.name, max_length=70)
    etree.SubElement(party, "Nm").text = name
    return root


def _write_block(
    xml: _Xml,
    batch: DirectDebitFile,
    group: GroupSummary,
    block: _Block,
    out: _HashingOut,
) -> None:
    facts = {
        "PmtInfId": group.identifier,
        "PmtMtd": "DD",
        "BtchBookg": "true",
        "NbOfTxs": str(group.count),
        "CtrlSum": euros(group.total),
    }
    with xml.element("PmtInf"):
        for tag, value in facts.items():
            with xml.element(tag):
                xml.write(value)
        xml.write(payment_type(group.sequence))
        with xml.element("ReqdColltnDt"):
            xml.write(group.collect_on.isoformat())
        xml.write(*creditor_elements(batch.creditor, version=batch.version))
        # The debits are XML already: what is pending goes first, then they do.
        xml.flush()
        for content in block.read():
            out.write(content)
