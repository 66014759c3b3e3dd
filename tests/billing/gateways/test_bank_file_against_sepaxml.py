"""An independent generator says the same thing of the same debits."""

from dataclasses import replace
from datetime import date

import pytest
from sepaxml import SepaDD

from billing.gateways.bank_files import PainVersion
from tests.billing.gateways.bank_examples import TOWN, debit, values, write

DEBITS = [
    debit(1, bic="PSSTFRPPXXX", amount=1),
    debit(2, amount=123456),
    debit(3, amount=4250, collect_on=date(2026, 12, 16)),
]

COMMON = [
    "GrpHdr/NbOfTxs",
    "GrpHdr/CtrlSum",
    "GrpHdr/InitgPty/Nm",
    "PmtInf/PmtMtd",
    "PmtInf/BtchBookg",
    "PmtInf/NbOfTxs",
    "PmtInf/CtrlSum",
    "PmtTpInf/SvcLvl/Cd",
    "PmtTpInf/LclInstrm/Cd",
    "PmtTpInf/SeqTp",
    "PmtInf/ReqdColltnDt",
    "Cdtr/Nm",
    "CdtrAcct/Id/IBAN",
    "CdtrAgt/FinInstnId/BIC",
    "CdtrAgt/FinInstnId/BICFI",
    "PmtInf/ChrgBr",
    "CdtrSchmeId/Id/PrvtId/Othr/Id",
    "CdtrSchmeId/Id/PrvtId/Othr/SchmeNm/Prtry",
    "PmtId/EndToEndId",
    "DrctDbtTxInf/InstdAmt",
    "MndtRltdInf/MndtId",
    "MndtRltdInf/DtOfSgntr",
    "DbtrAgt/FinInstnId/BIC",
    "DbtrAgt/FinInstnId/BICFI",
    "DbtrAgt/FinInstnId/Othr/Id",
    "Dbtr/Nm",
    "DbtrAcct/Id/IBAN",
    "RmtInf/Ustrd",
]


def by_sepaxml(version: PainVersion) -> bytes:
    config = {
        "name": "Regie de Saint-Aubin",
        "IBAN": TOWN.iban,
        "BIC": "TRPUFRP1",
        "batch": True,
        "creditor_id": TOWN.identifier,
        "currency": "EUR",
        "instrument": "CORE",
    }
    theirs = SepaDD(config, schema=version.value, clean=True)
    for item in DEBITS:
        payment = {
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
        theirs.add_payment(payment | ({"BIC": item.bic} if item.bic else {}))
    return bytes(theirs.export(validate=False))


@pytest.mark.parametrize("version", PainVersion)
@pytest.mark.parametrize("path", COMMON)
def test_both_generators_write_the_same_values(version, path):
    _, ours = write(DEBITS, version, creditor=replace(TOWN, bic="TRPUFRP1"))

    assert values(ours, path) == values(by_sepaxml(version), path)
