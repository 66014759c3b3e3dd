"""Write one debit as XML, quickly.

Most debits have the same shape, only the values differ. The shape is made once from
the real elements, then filled in. This is safe because of what comes before: checked
references and transliterated names hold no character that XML would have to escape.
"""

import functools
from datetime import date
from typing import Final

from lxml import etree

from billing.domain.sepa_text import to_sepa_latin
from billing.gateways.bank_files.elements import debit_element, debit_text, euros
from billing.gateways.bank_files.records import (
    Creditor,
    Debit,
    PainVersion,
    SmndaPlace,
)

_PLACES: Final = {
    "(reference)": "%(reference)s",
    ">0.00<": ">%(amount)s<",
    "(mandate)": "%(mandate)s",
    "0001-01-01": "%(signed_on)s",
    "(bic)": "%(bic)s",
    "(name)": "%(name)s",
    "(iban)": "%(iban)s",
    "(behalf)": "%(behalf)s",
    "(purpose)": "%(purpose)s",
    "(text)": "%(text)s",
}


def debit_xml(
    debit: Debit, *, version: PainVersion, place: SmndaPlace, creditor: Creditor
) -> bytes:
    """Return one DrctDbtTxInf of a debit that `check_debit` has accepted."""
    if debit.address is not None or debit.amendment is not None:
        element = debit_element(debit, version=version, place=place, creditor=creditor)
        return etree.tostring(element)
    behalf = to_sepa_latin(debit.on_behalf_of)
    shape = _shape(version, bool(debit.bic), bool(behalf), bool(debit.purpose))
    filled = shape % {
        "reference": debit.end_to_end_id,
        "amount": euros(debit.amount),
        "mandate": debit.mandate,
        "signed_on": debit.signed_on.isoformat(),
        "bic": debit.bic,
        "name": to_sepa_latin(debit.name),
        "iban": debit.iban,
        "behalf": behalf,
        "purpose": debit.purpose,
        "text": debit_text(debit, creditor),
    }
    return filled.encode("ascii")


@functools.cache
def _shape(
    version: PainVersion,
    has_bic: bool,  # noqa: FBT001 - a key of the cache, not an option.
    has_behalf: bool,  # noqa: FBT001 - same reason.
    has_purpose: bool,  # noqa: FBT001 - same reason.
) -> str:
    """Return the XML of a debit with named places instead of values."""
    model = Debit(
        end_to_end_id="(reference)",
        amount=0,
        mandate="(mandate)",
        signed_on=date.min,
        name="(name)",
        iban="(iban)",
        collect_on=date.min,
        bic="(bic)" * has_bic,
        text="(text)",
        purpose="(purpose)" * has_purpose,
        on_behalf_of="(behalf)" * has_behalf,
    )
    element = debit_element(
        model,
        version=version,
        place=SmndaPlace.ACCOUNT,
        creditor=Creditor("", "", ""),
    )
    shape = etree.tostring(element, encoding="unicode")
    for token, place in _PLACES.items():
        shape = shape.replace(token, place)
    return shape
