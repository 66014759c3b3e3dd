"""Identifiers and sequence types of SEPA direct debits held by the town.

The creditor identifier (ICS) is checked before a file leaves. The mandate
reference (RUM) is made once, never changed and never used again.
"""

import re
from enum import StrEnum
from string import ascii_uppercase
from typing import Final

from billing.domain.errors import BillingError, gettext_noop

MAX_REFERENCE: Final = 35

_ICS = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}")
_SEPA_TEXT = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]+")
_DIGITS: Final = {ord(char): str(int(char, 36)) for char in ascii_uppercase}
_TOWN_CODE = re.compile(r"[A-Z0-9]{2,16}")


class CreditorIdentifierError(BillingError):
    """The ICS is malformed or its check digits are wrong."""

    code = "ics"
    sentence = gettext_noop(
        "The creditor identifier “%(ics)s” is not valid. "
        "Copy it again from the letter of your bank."
    )


class MandateReferenceError(BillingError):
    """A reference that banks would refuse, or that cannot be made."""

    code = "reference"
    sentence = gettext_noop(
        "The reference “%(reference)s” cannot be used with banks. "
        "Use up to 35 letters, digits and simple signs."
    )


class SequenceType(StrEnum):
    """Where a collection stands in the life of its mandate (pain.008 SeqTp)."""

    FIRST = "FRST"
    RECURRENT = "RCUR"
    FINAL = "FNAL"
    ONE_OFF = "OOFF"


PES_SEQUENCE_CODES: Final = {
    SequenceType.ONE_OFF: "01",
    SequenceType.FIRST: "02",
    SequenceType.RECURRENT: "03",
    SequenceType.FINAL: "04",
}
"""The same four types as the public accountant's PES file writes them."""


def mod_97(text: str) -> int:
    """Return the ISO 7064 MOD 97-10 remainder of capitals and digits; A counts 10."""
    return int(text.translate(_DIGITS)) % 97


def check_creditor_identifier(text: str) -> str:
    """Return the ICS without spaces, in capitals.

    The check digits cover the national part and the country. The business
    code (characters 5 to 7, often ZZZ) is free and stays out of the sum.

    Raises CreditorIdentifierError. Source: EPC262-08, annex on the identifier.
    """
    ics = "".join(text.split()).upper()
    if not _ICS.fullmatch(ics):
        raise CreditorIdentifierError(ics=text)
    if mod_97(ics[7:] + ics[:4]) != 1:
        raise CreditorIdentifierError(ics=text)
    return ics


def check_reference(text: str) -> str:
    """Return a RUM or an end-to-end reference that every bank accepts.

    1 to 35 characters of the SEPA Latin set; no space around, no slash at
    either end and no double slash. Raises MandateReferenceError.
    """
    if (
        len(text) > MAX_REFERENCE
        or not _SEPA_TEXT.fullmatch(text)
        or text != text.strip(" /")
        or "//" in text
    ):
        raise MandateReferenceError(reference=text)
    return text


def make_mandate_reference(*, town_code: str, year: int, number: int) -> str:
    """Return the RUM of the town's n-th mandate of a year: TOWN-2026-000042.

    Capitals only: banks compare references without regard to case. The caller
    takes `number` from a counter that never goes back.
    """
    if not _TOWN_CODE.fullmatch(town_code) or number < 1:
        raise MandateReferenceError(reference=f"{town_code}-{year}-{number}")
    return check_reference(f"{town_code}-{year:04d}-{number:06d}")


def sequence_for(
    *,
    single_use: bool = False,
    closes_mandate: bool = False,
    announces_first: bool = False,
) -> SequenceType:
    """Return the sequence type of the next collection; recurrent by default.

    `announces_first`: this bank still asks for FRST and the mandate was never
    collected. The scheme made FRST optional in November 2016.
    """
    if single_use:
        return SequenceType.ONE_OFF
    if closes_mandate:
        return SequenceType.FINAL
    return SequenceType.FIRST if announces_first else SequenceType.RECURRENT
