"""What the town asks its bank to collect, before it becomes a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from billing.domain.errors import BillingError, gettext_noop
from billing.domain.sepa import SequenceType

MAX_AMOUNT: Final = 999_999_999_99
"""The largest amount of one debit, in cents (SEPA Core Rulebook)."""


class BankFileError(BillingError):
    """The file cannot be written; `subject` is the debit or the file at fault."""

    code = "bank_file"
    sentence = gettext_noop("%(subject)s is refused: %(reason)s.")


class PainVersion(StrEnum):
    """The message versions that French, Belgian and German banks take."""

    V02 = "pain.008.001.02"
    V08 = "pain.008.001.08"

    @property
    def namespace(self) -> str:
        """The XML namespace of the version."""
        return f"urn:iso:std:iso:20022:tech:xsd:{self.value}"


class SmndaPlace(StrEnum):
    """Where “same mandate, new debtor account” is written.

    In the account since the 2016 rulebooks; some older bank guides keep the agent,
    which then wants the FRST sequence type.
    """

    ACCOUNT = "account"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Address:
    """A structured address: banks refuse free lines since November 2026."""

    town: str
    country: str
    street: str = ""
    building: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Creditor:
    """The town, or its régie, as the bank knows it. No BIC means IBAN only."""

    name: str
    identifier: str
    iban: str
    bic: str = ""
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """What changed in a mandate since its last collection; empty fields did not.

    `new_account` says that the debtor changed account and that the old one is not
    told, which every bank accepts.
    """

    mandate: str = ""
    creditor_identifier: str = ""
    creditor_name: str = ""
    iban: str = ""
    new_account: bool = False


@dataclass(frozen=True, slots=True)
class Debit:
    """One amount to take from one account, in cents of a euro.

    `end_to_end_id` comes back in every return: it is ours and unique for ever.
    `on_behalf_of` is the person the bill is for, when another one pays.
    """

    end_to_end_id: str
    amount: int
    mandate: str
    signed_on: date
    name: str
    iban: str
    collect_on: date
    sequence: SequenceType = SequenceType.RECURRENT
    bic: str = ""
    text: str = ""
    purpose: str = ""
    on_behalf_of: str = ""
    address: Address | None = None
    amendment: Amendment | None = None


@dataclass(frozen=True, slots=True)
class DirectDebitFile:
    """A whole file; `debits` is read once, so it may come straight from a cursor.

    Whoever sends the file takes `message_id` from a counter: banks refuse one seen
    before.
    """

    message_id: str
    created_at: datetime
    creditor: Creditor
    debits: Iterator[Debit]
    version: PainVersion = PainVersion.V08
    smnda_place: SmndaPlace = SmndaPlace.ACCOUNT


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """One payment information block: a sequence type and a collection day."""

    identifier: str
    sequence: SequenceType
    collect_on: date
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class FileSummary:
    """What was written, for the journal and for the slip that goes with the file.

    Amounts are in cents; `sha256` is the digest of the whole file.
    """

    message_id: str
    version: PainVersion
    count: int
    total: int
    groups: tuple[GroupSummary, ...]
    sha256: str
