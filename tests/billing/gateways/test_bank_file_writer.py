import hashlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st
from lxml import etree

from billing.domain.sepa import SequenceType
from billing.domain.sepa_text import to_sepa_latin
from billing.gateways.bank_files import (
    Address,
    Amendment,
    BankFileError,
    Creditor,
    PainVersion,
    SmndaPlace,
    validate_bank_file,
)
from billing.gateways.bank_files.elements import debit_element
from billing.gateways.bank_files.fragments import debit_xml
from tests.billing.gateways.bank_examples import IBAN, TOWN, debit, values, write

VERSIONS = pytest.mark.parametrize("version", PainVersion)

RICH = [
    debit(1, bic="PSSTFRPPXXX", purpose="EDUC", on_behalf_of="Noé Ñuñez"),
    debit(
        2,
        address=Address("Saint-Aubin", "FR", "Rue de l'École", "3 bis", "31000"),
        amendment=Amendment(
            mandate="OLD-1", creditor_identifier="FR72ZZZ123456", creditor_name="Ex"
        ),
    ),
    debit(3, amendment=Amendment(new_account=True), sequence=SequenceType.FIRST),
    debit(4, amendment=Amendment(iban=IBAN), sequence=SequenceType.FINAL),
    debit(5, sequence=SequenceType.ONE_OFF, collect_on=date(2026, 12, 16)),
]


@VERSIONS
@pytest.mark.parametrize("place", SmndaPlace)
def test_a_file_with_everything_fits_its_schema(version, place):
    creditor = Creditor(
        TOWN.name, TOWN.identifier, TOWN.iban, "TRPUFRP1", Address("Aubin", "FR")
    )

    _, content = write(RICH, version, smnda_place=place, creditor=creditor)

    assert validate_bank_file(content, version) == []


@VERSIONS
def test_debits_are_grouped_by_day_then_by_sequence_type(version):
    summary, content = write(RICH, version)

    assert [(group.sequence, group.count) for group in summary.groups] == [
        ("FNAL", 1),
        ("FRST", 1),
        ("RCUR", 2),
        ("OOFF", 1),
    ]
    assert values(content, "PmtInf/PmtInfId") == [
        f"STAUBIN-20261201-01-{position:02d}" for position in (1, 2, 3, 4)
    ]
    assert values(content, "PmtInf/ReqdColltnDt")[-1] == "2026-12-16"


AMOUNTS = st.lists(st.integers(1, 999_999_999_99), min_size=1, max_size=20)


@settings(max_examples=30)
@given(AMOUNTS, st.data())
def test_counts_and_sums_are_those_of_the_debits(amounts, data):
    days = st.sampled_from([date(2026, 12, 15), date(2026, 12, 16)])
    debits = [
        debit(number, amount=amount, collect_on=data.draw(days))
        for number, amount in enumerate(amounts)
    ]

    summary, content = write(debits)

    total = Decimal(sum(amounts)) / 100
    assert summary.total == sum(amounts)
    assert Decimal(values(content, "GrpHdr/CtrlSum")[0]) == total
    assert sum(map(Decimal, values(content, "PmtInf/CtrlSum"))) == total
    assert sum(map(Decimal, values(content, "DrctDbtTxInf/InstdAmt"))) == total
    assert sum(map(int, values(content, "PmtInf/NbOfTxs"))) == len(amounts)
    assert values(content, "GrpHdr/NbOfTxs") == [str(len(amounts))]


def test_the_same_debits_always_give_the_same_bytes():
    summary, content = write(RICH)

    assert write(RICH) == (summary, content)
    assert summary.sha256 == hashlib.sha256(content).hexdigest()


def test_names_are_written_in_letters_every_bank_accepts():
    _, content = write([debit(name="Zoé <Œuvre> & Cie")])

    assert values(content, "Dbtr/Nm") == ["Zoe (OEuvre) + Cie"]
    assert values(content, "Cdtr/Nm") == ["Regie de Saint-Aubin"]


ANY_NAME = st.text(min_size=1).filter(to_sepa_latin)


@settings(max_examples=100)
@given(ANY_NAME, st.text(), st.text(), st.sampled_from(["", "PSSTFRPPXXX"]))
def test_the_quick_way_writes_what_the_elements_say(name, text, behalf, bic):
    item = debit(name=name, text=text, on_behalf_of=behalf, bic=bic, purpose="EDUC")

    quick = debit_xml(
        item, version=PainVersion.V08, place=SmndaPlace.ACCOUNT, creditor=TOWN
    )

    element = debit_element(
        item, version=PainVersion.V08, place=SmndaPlace.ACCOUNT, creditor=TOWN
    )
    assert quick == etree.tostring(element)


@settings(max_examples=60, deadline=None)
@given(ANY_NAME, st.text(), st.text(), st.sampled_from(PainVersion))
def test_whatever_people_are_called_the_file_fits_its_schema(
    name, text, behalf, version
):
    _, content = write([debit(name=name, text=text, on_behalf_of=behalf)], version)

    assert validate_bank_file(content, version) == []


def test_no_address_and_no_bank_are_needed():
    _, content = write([debit()])

    assert values(content, "DbtrAgt/FinInstnId/Othr/Id") == ["NOTPROVIDED"]
    assert b"PstlAdr" not in content
    assert b"AdrLine" not in content


@pytest.mark.parametrize(
    ("version", "tag"), [(PainVersion.V02, "BIC"), (PainVersion.V08, "BICFI")]
)
def test_a_known_bank_is_named_as_the_version_wants(version, tag):
    _, content = write([debit(bic="PSSTFRPPXXX")], version)

    assert values(content, f"DbtrAgt/FinInstnId/{tag}") == ["PSSTFRPPXXX"]


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (SmndaPlace.ACCOUNT, "OrgnlDbtrAcct/Id/Othr/Id"),
        (SmndaPlace.AGENT, "OrgnlDbtrAgt/FinInstnId/Othr/Id"),
    ],
)
def test_a_new_account_is_announced_where_the_bank_reads_it(place, path):
    moved = debit(amendment=Amendment(new_account=True))

    _, content = write([moved], smnda_place=place)

    assert values(content, path) == ["SMNDA"]
    assert values(content, "MndtRltdInf/AmdmntInd") == ["true"]


def test_a_mandate_that_did_not_change_says_nothing_of_amendments():
    _, content = write([debit()])

    assert b"Amdmnt" not in content


@pytest.mark.parametrize(
    "facts",
    [
        {"amount": 0},
        {"amount": -5},
        {"amount": 1_000_000_000_00},
        {"amount": 12.5},
        {"iban": IBAN.replace("0505", "0550")},
        {"iban": ""},
        {"mandate": "RUM/"},
        {"mandate": "é"},
        {"end_to_end_id": "A" * 36},
        {"end_to_end_id": ""},
        {"name": " "},
        {"name": "\u0301"},
        {"signed_on": date(2026, 12, 16)},
        {"address": Address("", "FR")},
        {"address": Address("Aubin", "France")},
        {"bic": "PSST<FRPP"},
        {"purpose": "<EDUC>"},
    ],
)
def test_a_debit_the_bank_would_send_back_is_refused_and_nothing_written(facts):
    with pytest.raises(BankFileError):
        write([debit(**facts)])


def test_a_reference_used_twice_is_refused():
    with pytest.raises(BankFileError, match="used twice"):
        write([debit(1), debit(1)])


@pytest.mark.parametrize(
    "facts",
    [
        {"message_id": "M" * 32},
        {"message_id": "M//1"},
        {"creditor": Creditor(TOWN.name, "FR73ZZZ123456", TOWN.iban)},
        {"creditor": Creditor(TOWN.name, TOWN.identifier, "FR00")},
        {"creditor": Creditor("", TOWN.identifier, TOWN.iban)},
    ],
)
def test_a_file_the_bank_would_send_back_is_refused(facts):
    with pytest.raises(BankFileError):
        write([debit()], **facts)


def test_a_file_without_debit_is_refused():
    with pytest.raises(BankFileError, match="holds no debit"):
        write([])
