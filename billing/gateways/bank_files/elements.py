"""The elements of pain.008, in the order the schema wants them.

They carry no namespace: they are written inside a document that declares it once.
"""

from lxml.etree import Element, SubElement, _Element

from billing.domain.sepa_text import to_sepa_latin
from billing.gateways.bank_files.records import (
    Address,
    Amendment,
    Creditor,
    Debit,
    PainVersion,
    SmndaPlace,
)

NOT_PROVIDED = "NOTPROVIDED"
SMNDA = "SMNDA"


def euros(cents: int) -> str:
    """Write cents as the schema wants them: 1234 gives 12.34."""
    return f"{cents // 100}.{cents % 100:02d}"


def debit_element(
    debit: Debit, *, version: PainVersion, place: SmndaPlace, creditor: Creditor
) -> _Element:
    """Return one DrctDbtTxInf."""
    root = Element("DrctDbtTxInf")
    _text(SubElement(root, "PmtId"), "EndToEndId", debit.end_to_end_id)
    _text(root, "InstdAmt", euros(debit.amount)).set("Ccy", "EUR")
    mandate = SubElement(SubElement(root, "DrctDbtTx"), "MndtRltdInf")
    _text(mandate, "MndtId", debit.mandate)
    _text(mandate, "DtOfSgntr", debit.signed_on.isoformat())
    if debit.amendment is not None:
        _add_amendment(mandate, debit.amendment, place=place)
    add_agent(root, "DbtrAgt", debit.bic, version=version)
    _add_party(root, "Dbtr", debit.name, debit.address)
    add_account(root, "DbtrAcct", debit.iban)
    if to_sepa_latin(debit.on_behalf_of):
        _add_party(root, "UltmtDbtr", debit.on_behalf_of, None)
    if debit.purpose:
        _text(SubElement(root, "Purp"), "Cd", debit.purpose)
    _text(SubElement(root, "RmtInf"), "Ustrd", debit_text(debit, creditor))
    return root


def debit_text(debit: Debit, creditor: Creditor) -> str:
    """Return the line people read on their statement, the creditor's name at least."""
    return to_sepa_latin(debit.text, max_length=140) or to_sepa_latin(creditor.name)


def creditor_elements(
    creditor: Creditor, *, version: PainVersion
) -> tuple[_Element, ...]:
    """Return Cdtr, CdtrAcct, CdtrAgt, ChrgBr and CdtrSchmeId of a block."""
    block = Element("PmtInf")
    _add_party(block, "Cdtr", creditor.name, creditor.address)
    add_account(block, "CdtrAcct", creditor.iban)
    add_agent(block, "CdtrAgt", creditor.bic, version=version)
    _text(block, "ChrgBr", "SLEV")
    _add_scheme(block, "CdtrSchmeId", creditor.identifier)
    return tuple(block)


def payment_type(sequence: str) -> _Element:
    """Return PmtTpInf of a SEPA Core direct debit."""
    root = Element("PmtTpInf")
    _text(SubElement(root, "SvcLvl"), "Cd", "SEPA")
    _text(SubElement(root, "LclInstrm"), "Cd", "CORE")
    _text(root, "SeqTp", sequence)
    return root


def add_agent(parent: _Element, tag: str, bic: str, *, version: PainVersion) -> None:
    """Add a bank: its BIC when we know it, NOTPROVIDED otherwise (IBAN only)."""
    bank = SubElement(SubElement(parent, tag), "FinInstnId")
    if bic:
        _text(bank, "BIC" if version is PainVersion.V02 else "BICFI", bic)
    else:
        _text(SubElement(bank, "Othr"), "Id", NOT_PROVIDED)


def add_account(parent: _Element, tag: str, iban: str) -> None:
    """Add an account by its IBAN."""
    _text(SubElement(SubElement(parent, tag), "Id"), "IBAN", iban)


def _add_party(parent: _Element, tag: str, name: str, address: Address | None) -> None:
    party = SubElement(parent, tag)
    _text(party, "Nm", to_sepa_latin(name, max_length=70))
    if address is None:
        return
    postal = SubElement(party, "PstlAdr")
    parts = (
        ("StrtNm", address.street, 70),
        ("BldgNb", address.building, 16),
        ("PstCd", address.postcode, 16),
        ("TwnNm", address.town, 35),
    )
    for part, value, length in parts:
        if written := to_sepa_latin(value, max_length=length):
            _text(postal, part, written)
    _text(postal, "Ctry", address.country)


def _add_scheme(parent: _Element, tag: str, identifier: str, *, name: str = "") -> None:
    """Add a creditor identifier, or what it was before an amendment."""
    scheme = SubElement(parent, tag)
    if name:
        _text(scheme, "Nm", to_sepa_latin(name, max_length=70))
    if identifier:
        private = SubElement(SubElement(scheme, "Id"), "PrvtId")
        other = SubElement(private, "Othr")
        _text(other, "Id", identifier)
        _text(SubElement(other, "SchmeNm"), "Prtry", "SEPA")


def _add_amendment(
    mandate: _Element, amendment: Amendment, *, place: SmndaPlace
) -> None:
    """Tell the debtor's bank what changed, so that it finds its mandate again."""
    _text(mandate, "AmdmntInd", "true")
    details = SubElement(mandate, "AmdmntInfDtls")
    if amendment.mandate:
        _text(details, "OrgnlMndtId", amendment.mandate)
    if amendment.creditor_identifier or amendment.creditor_name:
        _add_scheme(
            details,
            "OrgnlCdtrSchmeId",
            amendment.creditor_identifier,
            name=amendment.creditor_name,
        )
    if amendment.new_account and place is SmndaPlace.AGENT:
        bank = SubElement(SubElement(details, "OrgnlDbtrAgt"), "FinInstnId")
        _text(SubElement(bank, "Othr"), "Id", SMNDA)
    elif amendment.new_account:
        account = SubElement(SubElement(details, "OrgnlDbtrAcct"), "Id")
        _text(SubElement(account, "Othr"), "Id", SMNDA)
    elif amendment.iban:
        add_account(details, "OrgnlDbtrAcct", amendment.iban)


def _text(parent: _Element, tag: str, text: str) -> _Element:
    child = SubElement(parent, tag)
    child.text = text
    return child
