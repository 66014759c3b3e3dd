"""The test cards and test IBANs, and what each of them does.

Full numbers are never kept: only the last four digits and the planned behaviour.
"""

from dataclasses import dataclass, field

OK = "ok"
DECLINE = "decline"
CHALLENGE = "challenge"
BOUNCE = "bounce"


@dataclass(frozen=True)
class Refusal:
    """Why the bank says no; `code` and `decline_code` are Stripe's words."""

    code: str
    message: str
    decline_code: str | None = None


GENERIC = Refusal("card_declined", "Your card was declined.", "generic_decline")
POOR = Refusal(
    "card_declined", "Your card has insufficient funds.", "insufficient_funds"
)
OLD = Refusal("expired_card", "Your card has expired.", "expired_card")
REAL = Refusal(
    "card_declined",
    "Your card was declined. Only test cards work here.",
    "live_mode_test_card",
)
NOT_PROVEN = Refusal(
    "payment_intent_authentication_failure",
    "We are unable to authenticate your payment method. Choose another one.",
)
BANK_SAID_NO = Refusal(
    "payment_intent_payment_attempt_failed", "The bank refused the direct debit."
)


@dataclass(frozen=True)
class Means:
    """A way to pay, as typed by the family."""

    kind: str
    last4: str
    behaviour: str = OK
    refusal: Refusal = GENERIC
    brand: str = "visa"
    country: str = "FR"
    exp_month: int = 12
    exp_year: int = 2040
    name: str | None = None
    email: str | None = None
    bank_code: str = ""
    refunds_fail: bool = field(default=False)


CARDS: dict[str, tuple[str, Refusal]] = {
    "4242424242424242": (OK, GENERIC),
    "5555555555554444": (OK, GENERIC),
    "4000000000000002": (DECLINE, GENERIC),
    "4000000000009995": (DECLINE, POOR),
    "4000000000000069": (DECLINE, OLD),
    "4000002500003155": (CHALLENGE, GENERIC),
    "4000000000005126": (OK, GENERIC),
}
REFUNDS_FAIL = "4000000000005126"
# Every other valid IBAN behaves well: there is nobody behind any of them.
BOUNCING_IBANS = frozenset({"FR8420041010050500013M02607", "DE62370400440532013001"})


def digits(typed: str) -> str:
    return "".join(character for character in typed if character.isalnum()).upper()


def luhn(number: str) -> bool:
    """Check the last digit of a card number (ISO/IEC 7812)."""
    if not number.isdecimal() or not 12 <= len(number) <= 19:
        return False
    odd, even = number[-1::-2], number[-2::-2]
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in even)
    return (sum(map(int, odd)) + doubled) % 10 == 0


def is_iban(iban: str) -> bool:
    """Check the two control digits of an IBAN (ISO 13616, modulo 97)."""
    if not 15 <= len(iban) <= 34 or not iban.isascii() or not iban[:2].isalpha():
        return False
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def card(
    number: str, *, exp_month: int = 12, exp_year: int = 2040, name: str | None = None
) -> Means:
    """Return the card behind a test number; a real one is always declined."""
    behaviour, refusal = CARDS.get(number, (DECLINE, REAL))
    return Means(
        kind="card",
        last4=number[-4:],
        behaviour=behaviour,
        refusal=refusal,
        brand="mastercard" if number.startswith("5") else "visa",
        exp_month=exp_month,
        exp_year=exp_year,
        name=name,
        refunds_fail=number == REFUNDS_FAIL,
    )


def bank_account(iban: str, *, name: str | None = None) -> Means:
    return Means(
        kind="sepa_debit",
        last4=iban[-4:],
        behaviour=BOUNCE if iban in BOUNCING_IBANS else OK,
        refusal=BANK_SAID_NO,
        country=iban[:2],
        bank_code=iban[4:9],
        name=name,
    )
