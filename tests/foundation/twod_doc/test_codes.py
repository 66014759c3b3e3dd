"""The text of a code taken apart, whatever is printed there."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from foundation.twod_doc.codes import GROUP, LONGEST, RECORD, UNIT, parse
from foundation.twod_doc.contents import contents_of, values_of
from tests.foundation.twod_doc.builders import HOME, Issuer, read

ANNEX = "\x1dANNEX"


@pytest.fixture(scope="module")
def signer():
    return Issuer().give()


@pytest.mark.parametrize(
    ("version", "perimeter", "country"),
    [("02", "", ""), ("03", "01", ""), ("04", "01", "FR")],
)
def test_the_header_of_each_version_is_read(signer, version, perimeter, country):
    code = read(signer.code(version=version))

    assert code is not None
    assert (code.version, code.authority, code.certificate) == (version, "FR99", "TST1")
    assert (code.kind, code.perimeter, code.country) == ("01", perimeter, country)
    assert code.issued_on == code.signed_on == date(2026, 11, 2)
    assert values_of(code) == HOME


def test_a_code_names_who_and_where(signer):
    found = contents_of(read(signer.code()))

    assert [each.words for each in found.holders] == ["MME MARTIN CLAIRE"]
    assert (found.street, found.postal_code) == ("3 RUE DES TILLEULS", "59223")
    assert found.city == "ROCHEBELLE"


def test_name_in_three_parts_and_a_second_holder_are_read(signer):
    values = {"11": "MME", "12": "CLAIRE", "13": "MARTIN", "1L": "DIOP", "1K": "OMAR"}

    found = contents_of(read(signer.code(values)))

    assert [each.words for each in found.holders] == ["MME MARTIN CLAIRE", "DIOP OMAR"]


def test_a_tax_notice_names_its_two_declarants_and_its_address(signer):
    values = {
        "46": "RETI PATRICK",
        "48": "RETI SOPHIE",
        "4Y": "145 RUE JULLIARD/ZA SPECIMEN/78320/LEVIS ST NOM",
    }

    found = contents_of(read(signer.code(values, kind="28")))

    assert [each.words for each in found.holders] == ["RETI PATRICK", "RETI SOPHIE"]
    assert (found.street, found.extra) == ("145 RUE JULLIARD", "ZA SPECIMEN")
    assert (found.postal_code, found.city) == ("78320", "LEVIS ST NOM")


def test_a_value_that_did_not_fit_says_so():
    code = read(f"DC02FR99TST1FFFFFFFF0110MME/A VERY LONG NA{RECORD}2459223")

    assert [(value.key, value.is_cut) for value in code.values] == [
        ("10", True),
        ("24", False),
    ]


def test_a_value_of_the_greatest_length_needs_no_separator():
    code = read("DC02FR99TST1FFFFFFFF0110" + "N" * 38 + "2459223")

    assert values_of(code) == {"10": "N" * 38, "24": "59223"}


def test_an_identifier_nobody_knows_is_kept_to_its_separator():
    code = read(f"DC02FR99TST1FFFFFFFF01ZZWHAT{GROUP}2459223")

    assert values_of(code) == {"ZZ": "WHAT", "24": "59223"}


def test_a_day_that_is_none_is_none():
    assert read("DC02FR99TST1FFFFZZZZ01").signed_on is None


def test_an_annex_is_not_part_of_what_is_signed(signer):
    text = signer.code()

    assert read(text + ANNEX).signed == read(text).signed
    assert read(text + ANNEX).signature == read(text).signature


@pytest.mark.parametrize(
    "text",
    [
        "",
        "DC",
        "DC04",
        "DC05FR99TST1FFFFFFFF0101FR",
        "DC04FR99TST1",
        "QR04FR99TST1FFFFFFFF0101FR",
        "DC04FR9\x00TST1FFFFFFFF0101FR",
        "DC02FR99TST1FFFFFFFF01" + "A" * LONGEST,
        "https://example.com/",
    ],
)
def test_what_is_no_code_is_none(text):
    assert parse(text) is None


@pytest.mark.parametrize("signature", ["", "A", "0189", "é", "=" * 9, "A" * 103 + "!"])
def test_a_signature_in_no_base_32_is_empty(signature):
    assert read(f"DC02FR99TST1FFFFFFFF012459223{UNIT}{signature}").signature == b""


@given(st.text(max_size=80))
def test_nothing_printed_after_a_header_breaks_the_reading(text):
    code = read(f"DC04FR99TST1FFFFFFFF0101FR{text}")

    assert code is not None
    assert contents_of(code).holders is not None


@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=60))
def test_no_text_breaks_the_reading(text):
    code = parse(text)

    assert code is None or code.authority
