"""What each document wants to be told, beside what every document wants."""

from collections.abc import Sequence
from typing import TypedDict

from foundation.documents import Document, Person


class Line(TypedDict):
    """One line; `trace` says in sentences why this price."""

    description: str
    detail: str
    quantity: str
    unit: str
    unit_price: str
    amount: str
    trace: Sequence[str]


class Section(TypedDict):
    """The lines of one child; title and subtotal may be empty."""

    title: str
    lines: Sequence[Line]
    subtotal_label: str
    subtotal: str


class Part(TypedDict):
    """One row of the totals: the subtotal, a tax, what was already paid."""

    label: str
    amount: str


class Way(TypedDict):
    """One way to pay, in a few sentences."""

    title: str
    lines: Sequence[str]


class InvoiceDocument(Document):
    """An invoice or a credit note.

    `emission_code`, `reference` and `person_code` let a family link its account;
    `exemptions` says why some lines bear no tax.
    """

    number: str
    reference: str
    emission_code: str
    person_code: str
    household_number: str
    dated: str
    period: str
    addressee: Person
    sections: Sequence[Section]
    totals: Sequence[Part]
    exemptions: Sequence[str]
    amount_due: str
    due: str
    payment: Sequence[Way]


class Settled(TypedDict):
    """One invoice that a payment settled, whole or in part."""

    number: str
    dated: str
    amount: str


class ReceiptDocument(Document):
    """A receipt."""

    number: str
    received: str
    method: str
    household_number: str
    payer: Person
    amount: str
    settled: Sequence[Settled]
    notes: Sequence[str]


class MandateCreditor(Person):
    """The town as creditor, with its ICS."""

    identifier: str


class MandateDebtor(Person):
    """The account holder; the IBAN is masked by the caller."""

    iban: str
    bic: str


class SignaturePart(TypedDict):
    """One line of the trace: who, when, how, which text."""

    label: str
    value: str


class MandateDocument(Document):
    """A signed mandate; `wording` is the text that was shown and accepted."""

    reference: str
    kind: str
    wording: Sequence[str]
    creditor: MandateCreditor
    debtor: MandateDebtor
    signature: Sequence[SignaturePart]
