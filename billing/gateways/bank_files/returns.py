"""Read what banks give back: rejects in pain.002, returns in camt.054.

Any version of either message is read, because only names matter here. Reading can
do nothing else: no network, no entity, no document type. Whoever imports keeps the
file and its digest, refuses one seen before, and shows a person what matches nothing.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any, Final

from lxml import etree

from billing.domain.errors import gettext_noop
from billing.gateways.bank_files.records import BankFileError
from foundation.money import Money, MoneyError

_READERS: Final = ("TxInfAndSts", "OrgnlPmtInfAndSts", "OrgnlGrpInfAndSts", "Ntry")
_REJECTED: Final = "RJCT"


@dataclass(frozen=True, slots=True)
class ReturnedDebit:
    """One debit given back. Match it by `end_to_end_id`, then by `mandate`.

    `amount` is in cents, or None when the bank does not repeat it.
    """

    end_to_end_id: str
    mandate: str
    amount: int | None
    reason: str
    returned_on: date | None


@dataclass(frozen=True, slots=True)
class RejectedGroup:
    """A whole file, or a whole block of it, refused; `block` is empty for a file."""

    message_id: str
    block: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnsFile:
    """What one file says, and the digest that tells it was seen before."""

    sha256: str
    debits: tuple[ReturnedDebit, ...]
    groups: tuple[RejectedGroup, ...]


def read_returns(content: bytes) -> ReturnsFile:
    """Return every debit and every group that the bank gives back.

    Raises BankFileError for a file that is neither a pain.002 nor a camt.054, or
    that cannot be read to its end: nothing is half imported.
    """
    debits: list[ReturnedDebit] = []
    groups: list[RejectedGroup] = []
    try:
        for element in _elements(content):
            name = etree.QName(element).localname
            if name == "Ntry":
                debits.extend(_camt_debits(element))
            elif name == "TxInfAndSts":
                debits.extend(_pain_debits(element))
            else:
                groups.extend(_pain_groups(element, block=name.startswith("OrgnlPmt")))
    except (etree.LxmlError, ValueError, InvalidOperation, MoneyError) as error:
        raise _refusal(gettext_noop("it cannot be read")) from error
    digest = hashlib.sha256(content).hexdigest()
    return ReturnsFile(digest, tuple(debits), tuple(groups))


def _elements(content: bytes) -> Iterator[etree._Element]:
    """Yield the elements that matter, freeing each transaction once read."""
    events = etree.iterparse(
        BytesIO(content),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
    )
    depth = 0
    for event, element in events:
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            depth += 1
            _check_envelope(element, depth)
            continue
        depth -= 1
        if etree.QName(element).localname in _READERS:
            yield element
            if etree.QName(element).localname in {"TxInfAndSts", "Ntry"}:
                element.clear()


def _check_envelope(element: etree._Element, depth: int) -> None:
    """Refuse another message, or one that declares a document type."""
    tree: Any = element.getroottree()
    if depth == 1 and tree.docinfo.doctype:
        raise _refusal(gettext_noop("it declares a document type"))
    if depth == 2 and etree.QName(element).localname not in {
        "CstmrPmtStsRpt",
        "BkToCstmrDbtCdtNtfctn",
    }:
        raise _refusal(gettext_noop("it is neither a pain.002 nor a camt.054"))


def _pain_debits(element: etree._Element) -> Iterator[ReturnedDebit]:
    if _text(element, "TxSts") != _REJECTED:
        return
    yield ReturnedDebit(
        end_to_end_id=_text(element, "OrgnlEndToEndId"),
        mandate=_text(element, "OrgnlTxRef/MndtRltdInf/MndtId")
        or _text(element, "OrgnlTxRef/MndtRltdInf/DrctDbtMndt/MndtId"),
        amount=_cents(element.find(_path("OrgnlTxRef/Amt/InstdAmt"))),
        reason=_reason(element, "StsRsnInf/Rsn"),
        returned_on=None,
    )


def _pain_groups(element: etree._Element, *, block: bool) -> Iterator[RejectedGroup]:
    status = "PmtInfSts" if block else "GrpSts"
    if _text(element, status) != _REJECTED:
        return
    yield RejectedGroup(
        message_id=_text(element, "OrgnlMsgId"),
        block=_text(element, "OrgnlPmtInfId"),
        reason=_reason(element, "StsRsnInf/Rsn"),
    )


def _camt_debits(entry: etree._Element) -> Iterator[ReturnedDebit]:
    """Yield the returns of an entry: its transactions that carry a reason."""
    day = _day(entry, "ValDt") or _day(entry, "BookgDt")
    for details in entry.findall(_path("NtryDtls/TxDtls")):
        if details.find(_path("RtrInf")) is None:
            continue
        amount = details.find(_path("AmtDtls/InstdAmt/Amt"))
        if amount is None:
            amount = details.find(_path("AmtDtls/TxAmt/Amt"))
        if amount is None:
            amount = details.find(_path("Amt"))
        yield ReturnedDebit(
            end_to_end_id=_text(details, "Refs/EndToEndId"),
            mandate=_text(details, "Refs/MndtId"),
            amount=_cents(amount),
            reason=_reason(details, "RtrInf/Rsn"),
            returned_on=day,
        )


def _path(steps: str) -> str:
    return "/".join("{*}" + step for step in steps.split("/"))


def _text(element: etree._Element, steps: str) -> str:
    return (element.findtext(_path(steps)) or "").strip()


def _reason(element: etree._Element, steps: str) -> str:
    return _text(element, f"{steps}/Cd") or _text(element, f"{steps}/Prtry")


def _day(element: etree._Element, steps: str) -> date | None:
    text = _text(element, f"{steps}/Dt") or _text(element, f"{steps}/DtTm")
    return date.fromisoformat(text[:10]) if text else None


def _cents(amount: etree._Element | None) -> int | None:
    if amount is None or not amount.text:
        return None
    exact = Decimal(amount.text.strip())
    return Money.from_decimal(exact, str(amount.get("Ccy"))).minor


def _refusal(reason: str) -> BankFileError:
    return BankFileError(subject="This file", reason=reason)
