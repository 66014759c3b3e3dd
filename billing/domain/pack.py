"""The régies of a pack: who collects, for which services, by which means."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from billing.domain.errors import BillingError
from billing.domain.iban import check_iban
from billing.domain.pack_after_prices import (
    PackTax,
    PackTaxed,
    read_taxed,
    read_taxes,
)
from billing.domain.sepa import check_creditor_identifier
from foundation.reading import Node
from tenants.domain.packs import Register, Section

BANK_FORMATS = ("pain.008.001.02", "pain.008.001.08")
# As the provider writes them; anything else would fail at the first payment.
STRIPE_ACCOUNT = re.compile(r"acct_[A-Za-z0-9_]+")
RAILS = ("cards", "direct_debits")


@dataclass(frozen=True, slots=True)
class CreditorFacts:
    """The creditor as the bank knows it; the account number is checked."""

    name: str
    identifier: str
    iban: str
    bic: str
    bank_format: str
    notice_days: int


@dataclass(frozen=True, slots=True)
class RegieFacts:
    """A régie; `creditor` is there when it takes direct debits.

    Accounts are empty where the pack leaves them out.
    """

    code: str
    name: str
    address: str
    legal_notice: str
    days_to_pay: int
    takes_cards: bool
    stripe_account: str
    creditor: CreditorFacts | None
    services: tuple[str, ...]
    taxes: tuple[PackTax, ...] = ()
    taxed: tuple[PackTaxed, ...] = ()


def read_regies(root: Node, register: Register) -> tuple[RegieFacts, ...]:
    """Read `regies`."""
    return tuple(
        _read_regie(node, register) for node in root.children("regies", required=False)
    )


def _read_regie(node: Node, register: Register) -> RegieFacts:
    rails = node.codes("rails", RAILS, required=False)
    creditor = None
    if "direct_debits" in rails:
        if register.currency not in {"", "EUR"}:
            node.refuse("rails", "debits_in_euros")
        creditor = _read_creditor(node)
    services = _read_services(node, register)
    taxes = read_taxes(node)
    regie = RegieFacts(
        code=register.declare("regies", node),
        name=node.text("name", at_most=120),
        address=node.text("address", required=False),
        legal_notice=node.text("legal_notice", required=False),
        days_to_pay=node.integer("days_to_pay", required=False, at_most=120) or 20,
        takes_cards="cards" in rails,
        stripe_account=_read_account(node),
        creditor=creditor,
        services=services,
        taxes=taxes,
        taxed=read_taxed(node, register, services, required=bool(taxes)),
    )
    node.close()
    return regie


def _read_account(node: Node) -> str:
    """Read the account; a pack of a neighbour leaves it out, to be filled in later."""
    account = node.text("stripe_account", required=False, at_most=60)
    if account and not STRIPE_ACCOUNT.fullmatch(account):
        node.refuse("stripe_account", "not_a_stripe_account")
        return ""
    return account


def _read_services(node: Node, register: Register) -> tuple[str, ...]:
    codes = node.texts("services")
    for index, code in enumerate(codes):
        if code not in register.known("services"):
            register.refuse_unknown("services", node, f"services[{index}]", code)
    return codes


def _read_creditor(node: Node) -> CreditorFacts | None:
    """Read the creditor: its name, ICS and IBAN together, or none of them."""
    child = node.child("creditor")
    if child is None:
        return None
    is_named = any(child.has(key) for key in ("name", "ics", "iban", "bic"))
    creditor = CreditorFacts(
        name=child.text("name", required=is_named, at_most=70),
        identifier=_checked(child, "ics", check_creditor_identifier, is_named),
        iban=_checked(child, "iban", check_iban, is_named),
        bic=child.text("bic", required=False, at_most=11),
        bank_format=child.choice("bank_format", BANK_FORMATS, required=False)
        or BANK_FORMATS[0],
        notice_days=child.integer("notice_days", required=False, at_most=60) or 14,
    )
    child.close()
    return creditor


def _checked(
    node: Node,
    key: str,
    check: Callable[[str], str],
    required: bool,  # noqa: FBT001 - private, always given by position.
) -> str:
    text = node.text(key, required=required)
    if not text:
        return ""
    try:
        return check(text)
    except BillingError as error:
        node.refuse(key, "refused_by_billing", said=str(error))
        return ""


REGIES = Section(("regies",), read_regies)
