"""Read what the family typed on the hosted page."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from infra.simulator.methods import Means, bank_account, card, digits, is_iban, luhn

EXPIRY = re.compile(r"^\s*(0?[1-9]|1[0-2])\s*/?\s*(?:20)?([0-9]{2})\s*$")
EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
CARD_FIELDS = ("card_number", "expiry", "cvc", "name")
BANK_FIELDS = ("iban", "name")

Typed = dict[str, str]
Errors = dict[str, str]


def fields_of(kind: str, *, asks_email: bool) -> tuple[str, ...]:
    fields = CARD_FIELDS if kind == "card" else BANK_FIELDS
    return ("email", *fields) if asks_email else fields


def read(
    typed: Typed, kind: str, *, asks_email: bool, now: int
) -> tuple[Means | None, Errors]:
    """Return the means to pay, or the word of the error by field."""
    errors = _card_errors(typed, now) if kind == "card" else _bank_errors(typed)
    if not typed.get("name", "").strip():
        errors["name"] = "no_name"
    if asks_email and not EMAIL.match(typed.get("email", "")):
        errors["email"] = "bad_email"
    if errors:
        return None, errors
    name = typed["name"].strip()
    email = typed.get("email") if asks_email else None
    if kind != "card":
        return replace(bank_account(digits(typed["iban"]), name=name), email=email), {}
    month, year = _expiry(typed["expiry"])
    means = card(
        digits(typed["card_number"]), exp_month=month, exp_year=year, name=name
    )
    return replace(means, email=email), {}


def _card_errors(typed: Typed, now: int) -> Errors:
    errors: Errors = {}
    if not luhn(digits(typed.get("card_number", ""))):
        errors["card_number"] = "bad_number"
    if not EXPIRY.match(typed.get("expiry", "")):
        errors["expiry"] = "bad_expiry"
    elif _is_past(typed["expiry"], now):
        errors["expiry"] = "past_expiry"
    if not re.fullmatch(r"\s*[0-9]{3,4}\s*", typed.get("cvc", "")):
        errors["cvc"] = "bad_cvc"
    return errors


def _bank_errors(typed: Typed) -> Errors:
    iban = digits(typed.get("iban", ""))
    return {} if is_iban(iban) else {"iban": "bad_iban"}


def _expiry(typed: str) -> tuple[int, int]:
    month, year = EXPIRY.findall(typed)[0]
    return int(month), 2000 + int(year)


def _is_past(typed: str, now: int) -> bool:
    month, year = _expiry(typed)
    today = datetime.fromtimestamp(now, UTC)
    return (year, month) < (today.year, today.month)
