import pytest
from hypothesis import given, strategies as st

from billing.domain.iban import (
    IbanChecksumError,
    IbanCountryError,
    IbanError,
    IbanLengthError,
    IbanNationalKeyError,
    check_iban,
    has_iban_checksum,
    mask_iban,
)
from billing.domain.sepa import mod_97

FRENCH = "FR1420041010050500013M02606"


def with_checksum(country: str, bban: str) -> str:
    return f"{country}{98 - mod_97(bban + country + '00'):02d}{bban}"


@pytest.mark.parametrize(
    ("typed", "iban"),
    [
        ("fr14 2004 1010 0505 0001 3m02 606", FRENCH),
        ("FR14-2004-1010-0505-0001-3M02-606", FRENCH),
        ("FR14\u00a02004\u00a01010\u00a00505\u00a00001\u00a03M02\u00a0606", FRENCH),
        ("DE89370400440532013000", "DE89370400440532013000"),
        ("BE68 5390 0754 7034", "BE68539007547034"),
    ],
)
def test_an_iban_is_accepted_however_it_is_spaced(typed, iban):
    assert check_iban(typed) == iban


@pytest.mark.parametrize(
    ("typed", "error", "code"),
    [
        (FRENCH[:-1], IbanLengthError, "length"),
        (FRENCH + "0", IbanLengthError, "length"),
        ("XX" + FRENCH[2:], IbanCountryError, "country"),
        (FRENCH.replace("0505", "0550"), IbanChecksumError, "checksum"),
        (
            with_checksum("FR", "20041010050500013M02607"),
            IbanNationalKeyError,
            "national_key",
        ),
        (with_checksum("BE", "539007547035"), IbanNationalKeyError, "national_key"),
        ("hello", IbanError, "unknown"),
        ("", IbanError, "unknown"),
    ],
)
def test_a_refused_iban_tells_why(typed, error, code):
    with pytest.raises(IbanError) as refusal:
        check_iban(typed)

    assert type(refusal.value) is error
    assert refusal.value.code == code
    assert str(refusal.value).endswith((".", "!"))


@given(st.text(max_size=40))
def test_any_text_is_either_an_iban_or_refused_by_name(text):
    try:
        iban = check_iban(text)
    except IbanError:
        return

    assert has_iban_checksum(iban)


@given(st.integers(4, 26), st.sampled_from("0123456789"))
def test_the_quick_check_sees_one_wrong_digit(position, digit):
    wrong = FRENCH[:position] + digit + FRENCH[position + 1 :]

    assert has_iban_checksum(wrong) == (wrong == FRENCH)


def test_a_masked_iban_keeps_its_last_four_characters_only():
    masked = mask_iban("FR14 2004 1010 0505 0001 3M02 606")

    assert masked == "FR14 •••• •••• 2606"


def test_a_short_text_is_masked_whole():
    assert mask_iban("FR1420") == "•••• ••••"
