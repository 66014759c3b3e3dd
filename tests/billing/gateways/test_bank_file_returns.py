from datetime import date

import pytest

from billing.gateways.bank_files import (
    BankFileError,
    RejectedGroup,
    ReturnedDebit,
    read_returns,
)
from tests.billing.gateways.bank_examples import debit, write


def pain_002(version: str, body: str) -> bytes:
    return (
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}">'
        f"<CstmrPmtStsRpt>{body}</CstmrPmtStsRpt></Document>"
    ).encode()


def camt_054(version: str, body: str) -> bytes:
    return (
        f'<d:Document xmlns:d="urn:iso:std:iso:20022:tech:xsd:camt.054.001.{version}">'
        f"<d:BkToCstmrDbtCdtNtfctn>{body}</d:BkToCstmrDbtCdtNtfctn></d:Document>"
    ).encode()


REJECT = """<OrgnlPmtInfAndSts><OrgnlPmtInfId>M-1-01</OrgnlPmtInfId>
<TxInfAndSts><OrgnlEndToEndId>CANT-2026-000001</OrgnlEndToEndId><TxSts>RJCT</TxSts>
<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf><OrgnlTxRef>
<Amt><InstdAmt Ccy="EUR">42.50</InstdAmt></Amt>
<MndtRltdInf><MndtId>STAUBIN-2026-000001</MndtId></MndtRltdInf></OrgnlTxRef>
</TxInfAndSts>
<TxInfAndSts><OrgnlEndToEndId>CANT-2026-000002</OrgnlEndToEndId><TxSts>ACCP</TxSts>
</TxInfAndSts></OrgnlPmtInfAndSts>"""

RETURN = """<d:Ntfctn><d:Ntry><d:Amt Ccy="EUR">42.5</d:Amt>
<d:CdtDbtInd>DBIT</d:CdtDbtInd>
<d:ValDt><d:Dt>2026-12-18</d:Dt></d:ValDt><d:NtryDtls>
<d:TxDtls><d:Refs><d:EndToEndId>CANT-2026-000001</d:EndToEndId>
<d:MndtId>STAUBIN-2026-000001</d:MndtId></d:Refs>
<d:AmtDtls><d:TxAmt><d:Amt Ccy="EUR">42.50</d:Amt></d:TxAmt></d:AmtDtls>
<d:RtrInf><d:Rsn><d:Cd>MD06</d:Cd></d:Rsn></d:RtrInf></d:TxDtls>
<d:TxDtls><d:Refs><d:EndToEndId>A-TRANSFER</d:EndToEndId></d:Refs></d:TxDtls>
</d:NtryDtls></d:Ntry></d:Ntfctn>"""


@pytest.mark.parametrize("version", ["03", "10", "14"])
def test_a_reject_is_read_in_any_version_and_what_was_accepted_is_not(version):
    found = read_returns(pain_002(version, REJECT))

    assert found.debits == (
        ReturnedDebit("CANT-2026-000001", "STAUBIN-2026-000001", 4250, "AC04", None),
    )
    assert found.groups == ()


@pytest.mark.parametrize("version", ["02", "08"])
def test_a_return_is_read_with_its_day_and_other_entries_are_left_alone(version):
    found = read_returns(camt_054(version, RETURN))

    assert found.debits == (
        ReturnedDebit(
            "CANT-2026-000001",
            "STAUBIN-2026-000001",
            4250,
            "MD06",
            date(2026, 12, 18),
        ),
    )


def test_a_file_or_a_block_refused_as_a_whole_is_told():
    found = read_returns(
        pain_002(
            "03",
            "<OrgnlGrpInfAndSts><OrgnlMsgId>M-1</OrgnlMsgId><GrpSts>RJCT</GrpSts>"
            "<StsRsnInf><Rsn><Prtry>DUPL</Prtry></Rsn></StsRsnInf></OrgnlGrpInfAndSts>"
            "<OrgnlPmtInfAndSts><OrgnlPmtInfId>M-1-02</OrgnlPmtInfId>"
            "<PmtInfSts>RJCT</PmtInfSts></OrgnlPmtInfAndSts>",
        )
    )

    assert found.groups == (
        RejectedGroup("M-1", "", "DUPL"),
        RejectedGroup("", "M-1-02", ""),
    )


def test_the_same_file_has_the_same_digest():
    content = camt_054("08", RETURN)

    assert read_returns(content).sha256 == read_returns(content).sha256
    assert read_returns(content).sha256 != read_returns(content + b"\n").sha256


def hostile(entity: str) -> bytes:
    doctype = f"<!DOCTYPE Document [{entity}]>".encode()
    return doctype + pain_002("03", REJECT.replace("AC04", "&x;"))


def test_an_entity_never_reaches_the_disk(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret")

    with pytest.raises(BankFileError) as refusal:
        read_returns(hostile(f'<!ENTITY x SYSTEM "{secret.as_uri()}">'))

    assert "the-secret" not in str(refusal.value)


def test_entities_that_multiply_are_refused():
    bomb = '<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'

    with pytest.raises(BankFileError):
        read_returns(hostile(bomb))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        write([debit()])[1],
        pain_002("03", REJECT)[:-20],
        pain_002("03", REJECT.replace("42.50", "many")),
        pain_002("03", REJECT.replace("EUR", "USD")),
        camt_054("08", RETURN.replace("2026-12-18", "soon")),
    ],
)
def test_a_file_that_is_not_a_return_is_refused_whole(content):
    with pytest.raises(BankFileError):
        read_returns(content)
