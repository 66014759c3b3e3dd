"""PaymentIntents: from the first attempt to money received, or refused.

requires_payment_method -> requires_action -> succeeded
^     |                |
|     +-> processing --+   (SEPA: days later)
+---------- refused --------+
"""

from infra.simulator import charges
from infra.simulator.desk import Desk, new_id
from infra.simulator.instruments import means_of
from infra.simulator.methods import BOUNCE, CHALLENGE, DECLINE, Refusal
from infra.simulator.store import Json, Record

BANK_DAYS = 5
DAY = 86400


def open_intent(desk: Desk, facts: Json, private: Json) -> Record:
    identity = new_id("pi")
    return desk.add(
        {
            "id": identity,
            "object": "payment_intent",
            "amount_capturable": 0,
            "amount_received": 0,
            "capture_method": "automatic_async",
            "client_secret": f"{identity}_secret_{new_id('sim')[4:]}",
            "confirmation_method": "automatic",
            "created": desk.now,
            "livemode": False,
            "status": "requires_payment_method",
            **facts,
        },
        private,
    )


def attempt(desk: Desk, intent: Record, method: Record, step_url: str) -> Record:
    """Try to collect; the resulting status tells how far it went."""
    means = means_of(method)
    intent.body["payment_method"] = method.id
    if means.behaviour == DECLINE:
        return refuse(desk, intent, method, means.refusal)
    if means.kind == "sepa_debit":
        return _send_to_bank(desk, intent, method)
    if means.behaviour == CHALLENGE:
        asked = desk.change(
            intent,
            status="requires_action",
            next_action={
                "type": "redirect_to_url",
                "redirect_to_url": {"url": step_url, "return_url": None},
            },
        )
        desk.announce("payment_intent.requires_action", asked)
        return asked
    return collect(desk, intent, method)


def collect(desk: Desk, intent: Record, method: Record) -> Record:
    """Take the money: the bank says yes at once."""
    charge = charges.open_charge(desk, intent.body, method, status="pending")
    return _received(desk, intent, charge)


def refuse(desk: Desk, intent: Record, method: Record, refusal: Refusal) -> Record:
    """Write down a no of the bank, or of the holder at the 3-D Secure step."""
    charge = charges.open_charge(desk, intent.body, method, status="pending")
    return _bounced(desk, intent, charge, method, refusal)


def _send_to_bank(desk: Desk, intent: Record, method: Record) -> Record:
    charge = charges.open_charge(desk, intent.body, method, status="pending")
    intent.due_at = desk.now + BANK_DAYS * DAY
    sent = desk.change(
        intent, latest_charge=charge.id, next_action=None, status="processing"
    )
    desk.announce("payment_intent.processing", sent)
    return sent


def answer_of_bank(desk: Desk, intent: Record) -> Record:
    """Honour the direct debit days later, or return it unpaid."""
    intent.due_at = None
    method = desk.get("payment_method", intent.body["payment_method"])
    charge = desk.get("charge", intent.body["latest_charge"])
    means = means_of(method)
    if means.behaviour == BOUNCE:
        return _bounced(desk, intent, charge, method, means.refusal)
    return _received(desk, intent, charge)


def _received(desk: Desk, intent: Record, charge: Record) -> Record:
    paid = charges.settle_charge(desk, charge)
    done = desk.change(
        intent,
        amount_received=intent.body["amount"],
        last_payment_error=None,
        latest_charge=paid.id,
        next_action=None,
        status="succeeded",
    )
    desk.announce("payment_intent.succeeded", done)
    return done


def _bounced(
    desk: Desk, intent: Record, charge: Record, method: Record, refusal: Refusal
) -> Record:
    failed = charges.fail_charge(desk, charge, refusal)
    error = {
        "charge": failed.id,
        "code": refusal.code,
        "decline_code": refusal.decline_code,
        "message": refusal.message,
        "payment_method": method.body,
        "payment_method_type": method.body["type"],
        "type": "card_error",
    }
    back = desk.change(
        intent,
        last_payment_error=error,
        latest_charge=failed.id,
        next_action=None,
        payment_method=None,
        status="requires_payment_method",
    )
    desk.announce("payment_intent.payment_failed", back)
    return back
