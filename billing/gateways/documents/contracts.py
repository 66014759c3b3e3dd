"""What each document wants to be told.

Every value is text ready to be read: amounts and dates are already written in the
reader's language. The one exception is `date`, the ISO day that dates the file.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict


class Logo(TypedDict):
    """An image of the town; `data` is its bytes as a list of numbers (JSON)."""

    format: Literal["png", "jpg"]
    data: Sequence[int]


class Town(TypedDict):
    """The letterhead; `accent` is the brand colour, such as #1f6f78."""

    name: str
    lines: Sequence[str]
    accent: str
    logo: NotRequired[Logo]


class Person(TypedDict):
    """A name and the lines of an address."""

    name: str
    lines: Sequence[str]


class _Document(TypedDict):
    """What every document has; `labels` are the words of its fixed parts."""

    title: str
    lang: str
    paper: Literal["a4", "us-letter"]
    date: str
    town: Town
    labels: Mapping[str, str]
    legal: Sequence[str]


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


class InvoiceDocument(_Document):
    """An invoice or a credit note.

    `emission_code`, `reference` and `person_code` let a family link its account.
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
    amount_due: str
    due: str
    payment: Sequence[Way]


class Settled(TypedDict):
    """One invoice that a payment settled, whole or in part."""

    number: str
    dated: str
    amount: str


class ReceiptDocument(_Document):
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


class MandateDocument(_Document):
    """A signed mandate; `wording` is the text that was shown and accepted."""

    reference: str
    kind: str
    wording: Sequence[str]
    creditor: MandateCreditor
    debtor: MandateDebtor
    signature: Sequence[SignaturePart]
