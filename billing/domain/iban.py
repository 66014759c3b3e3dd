"""Check an account number as deeply as public rules allow, and show little of it.

Beyond the international checksum, the national one is verified too (in France the
RIB key): a mistyped digit is found before the bank charges for a rejection.
"""

import re
from typing import Final

from schwifty import IBAN
from schwifty.exceptions import (
    InvalidAccountCode,
    InvalidBankCode,
    InvalidBBANChecksum,
    InvalidBranchCode,
    InvalidChecksumDigits,
    InvalidCountryCode,
    InvalidLength,
    InvalidStructure,
    SchwiftyException,
)

from billing.domain.errors import BillingError, gettext_noop
from billing.domain.sepa import mod_97

_SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


class IbanError(BillingError):
    """An account number refused; the subclasses say why."""

    code = "unknown"
    sentence = gettext_noop(
        "This is not an IBAN we can read. Copy it from your bank statement."
    )


class IbanLengthError(IbanError):
    """Too short or too long for its country."""

    code = "length"
    sentence = gettext_noop(
        "This IBAN has %(found)s characters, which is not right for its country. "
        "Check that none is missing."
    )


class IbanCountryError(IbanError):
    """The first two letters are no country that uses IBANs."""

    code = "country"
    sentence = gettext_noop(
        "“%(country)s” is not a country with IBANs. Check the first two letters."
    )


class IbanChecksumError(IbanError):
    """The two international check digits do not match."""

    code = "checksum"
    sentence = gettext_noop(
        "A character of this IBAN is wrong. Compare it with your bank statement."
    )


class IbanNationalKeyError(IbanError):
    """The national check digits (RIB key in France) do not match."""

    code = "national_key"
    sentence = gettext_noop(
        "The end of this IBAN does not match its account. "
        "Compare it with your bank statement."
    )


_NATIONAL: Final = (
    InvalidBBANChecksum,
    InvalidBankCode,
    InvalidBranchCode,
    InvalidAccountCode,
)


def check_iban(text: str) -> str:
    """Return the IBAN without spaces, in capitals.

    Raises IbanLengthError, IbanCountryError, IbanChecksumError,
    IbanNationalKeyError, or IbanError when nothing more can be said.
    """
    iban = re.sub(r"[\s.\-]+", "", text).upper()
    try:
        return IBAN(iban, validate_bban=True).compact
    except InvalidLength as error:
        raise IbanLengthError(found=len(iban)) from error
    except InvalidCountryCode as error:
        raise IbanCountryError(country=iban[:2]) from error
    except InvalidChecksumDigits as error:
        raise IbanChecksumError from error
    except _NATIONAL as error:
        raise IbanNationalKeyError from error
    except (InvalidStructure, SchwiftyException) as error:
        raise IbanError from error


def has_iban_checksum(iban: str) -> bool:
    """Tell whether a compact IBAN passes MOD 97-10: the quick check of bulk files."""
    return _SHAPE.fullmatch(iban) is not None and mod_97(iban[4:] + iban[:4]) == 1


def mask_iban(iban: str) -> str:
    """Return the IBAN for a screen or a letter: FR76 •••• •••• 0189.

    The country, its two digits and the last four characters stay; the number of
    dots does not tell the length.
    """
    compact = "".join(iban.split())
    if len(compact) < 12:
        return "•••• ••••"
    return f"{compact[:4]} •••• •••• {compact[-4:]}"
