"""What the schema does not see: refuse a debit before the bank does.

A rejected file costs a day; a rejected debit costs a fee and a worried family.
"""

import re

from billing.domain.errors import BillingError, gettext_noop
from billing.domain.iban import has_iban_checksum
from billing.domain.sepa import check_creditor_identifier, check_reference
from billing.domain.sepa_text import to_sepa_latin
from billing.gateways.bank_files.records import (
    MAX_AMOUNT,
    Address,
    BankFileError,
    Debit,
    DirectDebitFile,
)

_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")
_PURPOSE = re.compile(r"[A-Z0-9]{1,4}")
_COUNTRY = re.compile(r"[A-Z]{2}")

# Leaves room for the number of the block: "-99".
_MAX_MESSAGE_ID = 31


def check_file(file: DirectDebitFile) -> None:
    """Refuse a file whose identifier or creditor is wrong. Raises BankFileError."""
    creditor = file.creditor
    if len(file.message_id) > _MAX_MESSAGE_ID:
        raise _refusal(
            "This file", gettext_noop("its identifier is longer than 31 characters")
        )
    _check_reference(file.message_id, subject="This file")
    try:
        check_creditor_identifier(creditor.identifier)
    except BillingError as error:
        raise _refusal(creditor.name, str(error).rstrip(".")) from error
    if not has_iban_checksum(creditor.iban):
        raise _refusal(creditor.name, gettext_noop("its IBAN is wrong"))
    if not to_sepa_latin(creditor.name):
        raise _refusal("This file", gettext_noop("the creditor has no name"))
    if creditor.bic and not _BIC.fullmatch(creditor.bic):
        raise _refusal(creditor.name, gettext_noop("its BIC is wrong"))
    _check_address(creditor.address, subject=creditor.name)


def check_debit(debit: Debit) -> None:
    """Refuse a debit that the bank would send back. Raises BankFileError."""
    subject = debit.end_to_end_id
    _check_reference(debit.end_to_end_id, subject=subject)
    _check_reference(debit.mandate, subject=subject)
    if type(debit.amount) is not int or not 1 <= debit.amount <= MAX_AMOUNT:
        raise _refusal(subject, gettext_noop("its amount is out of bounds"))
    if not has_iban_checksum(debit.iban):
        raise _refusal(subject, gettext_noop("its IBAN is wrong"))
    if not to_sepa_latin(debit.name):
        raise _refusal(subject, gettext_noop("the account holder has no name"))
    if debit.signed_on > debit.collect_on:
        raise _refusal(
            subject, gettext_noop("its mandate is signed after the collection")
        )
    if debit.bic and not _BIC.fullmatch(debit.bic):
        raise _refusal(subject, gettext_noop("its BIC is wrong"))
    if debit.purpose and not _PURPOSE.fullmatch(debit.purpose):
        raise _refusal(subject, gettext_noop("its purpose is not a code"))
    _check_address(debit.address, subject=subject)


def _check_reference(text: str, *, subject: str) -> None:
    try:
        check_reference(text)
    except BillingError as error:
        raise _refusal(subject or "A debit", str(error).rstrip(".")) from error


def _check_address(address: Address | None, *, subject: str) -> None:
    if address is None:
        return
    if not to_sepa_latin(address.town) or not _COUNTRY.fullmatch(address.country):
        raise _refusal(
            subject, gettext_noop("an address needs a town and a country code")
        )


def _refusal(subject: str, reason: str) -> BankFileError:
    return BankFileError(subject=subject, reason=reason)
