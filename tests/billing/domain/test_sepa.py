import pytest
from hypothesis import given, strategies as st

from billing.domain.sepa import (
    PES_SEQUENCE_CODES,
    CreditorIdentifierError,
    MandateReferenceError,
    SequenceType,
    check_creditor_identifier,
    check_reference,
    make_mandate_reference,
    sequence_for,
)


@pytest.mark.parametrize(
    "ics",
    [
        "FR72ZZZ123456",
        "DE98ZZZ09999999999",
        "BE68ZZZ0123456789",
        "IT66ZZZA1B2C3D4E5F6G7H8",
    ],
)
def test_published_creditor_identifiers_are_accepted(ics):
    assert check_creditor_identifier(ics) == ics


def test_the_business_code_of_a_creditor_identifier_is_free():
    assert check_creditor_identifier("fr72 042 123456") == "FR72042123456"


@pytest.mark.parametrize(
    "ics",
    ["FR73ZZZ123456", "FR72ZZZ123465", "FR72ZZZ", "72FRZZZ123456", "", "FR72ZZZé"],
)
def test_a_wrong_creditor_identifier_is_refused(ics):
    with pytest.raises(CreditorIdentifierError):
        check_creditor_identifier(ics)


@given(st.integers(0, 999_999), st.integers(0, 99))
def test_only_one_pair_of_check_digits_fits_a_creditor(national, digits):
    def accepted(pair):
        try:
            check_creditor_identifier(f"FR{pair:02d}ZZZ{national:06d}")
        except CreditorIdentifierError:
            return False
        return True

    fitting = [pair for pair in range(2, 99) if accepted(pair)]

    assert len(fitting) == 1
    assert accepted(digits) == (digits % 97 == fitting[0] % 97)


def test_a_mandate_reference_names_the_town_the_year_and_the_number():
    reference = make_mandate_reference(town_code="STAUBIN", year=2026, number=42)

    assert reference == "STAUBIN-2026-000042"


@given(
    st.from_regex(r"[A-Z0-9]{2,16}", fullmatch=True),
    st.integers(2000, 2199),
    st.integers(1, 10**9),
)
def test_every_mandate_reference_made_is_accepted_by_banks(town_code, year, number):
    reference = make_mandate_reference(town_code=town_code, year=year, number=number)

    assert check_reference(reference) == reference
    assert len(reference) <= 35


@pytest.mark.parametrize("town_code", ["St-Aubin", "", "É", "A" * 17])
def test_a_town_code_that_could_break_references_is_refused(town_code):
    with pytest.raises(MandateReferenceError):
        make_mandate_reference(town_code=town_code, year=2026, number=1)


@pytest.mark.parametrize(
    "text",
    ["", "A" * 36, "été", "/A", "A/", "A//B", " A", "A ", "A_B", "A\nB", "A&B"],
)
def test_a_reference_outside_the_rules_is_refused(text):
    with pytest.raises(MandateReferenceError):
        check_reference(text)


@given(st.text(max_size=40))
def test_an_accepted_reference_only_holds_the_sepa_set(text):
    try:
        accepted = check_reference(text)
    except MandateReferenceError:
        return

    assert accepted.isascii()
    assert 1 <= len(accepted) <= 35


def test_collections_are_recurrent_unless_told_otherwise():
    assert sequence_for() is SequenceType.RECURRENT
    assert sequence_for(announces_first=True) is SequenceType.FIRST
    assert sequence_for(closes_mandate=True) is SequenceType.FINAL
    assert sequence_for(single_use=True, closes_mandate=True) is SequenceType.ONE_OFF


def test_every_sequence_type_has_its_code_for_the_public_accountant():
    assert set(PES_SEQUENCE_CODES) == set(SequenceType)


def test_a_refusal_reads_as_a_sentence_with_its_values():
    error = CreditorIdentifierError(ics="FR00")

    assert str(error).startswith("The creditor identifier “FR00” is not valid.")
