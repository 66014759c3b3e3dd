"""Charges: one per attempt, whether the bank said yes, no or later."""

from infra.simulator.desk import Desk, new_id
from infra.simulator.instruments import (
    bank_details,
    billing_details,
    card_details,
    means_of,
    open_mandate,
)
from infra.simulator.ledger import book, fee_on
from infra.simulator.methods import Means, Refusal
from infra.simulator.store import Json, Record

NOT_YET = ("captured", "disputed", "livemode", "paid", "refunded")
OF_INTENT = ("amount", "currency", "customer", "description", "metadata")


def open_charge(desk: Desk, intent: Json, method: Record, *, status: str) -> Record:
    means = means_of(method)
    details = _details(desk, intent, method, means)
    return desk.add(
        {
            "id": new_id("ch"),
            "object": "charge",
            "amount_captured": 0,
            "amount_refunded": 0,
            "billing_details": billing_details(means),
            "created": desk.now,
            "payment_intent": intent["id"],
            "payment_method": method.id,
            "payment_method_details": {"type": means.kind, means.kind: details},
            "status": status,
            **dict.fromkeys(NOT_YET, False),
            **{name: intent[name] for name in OF_INTENT},
        },
        {"refunds_fail": means.refunds_fail},
    )


def _details(desk: Desk, intent: Json, method: Record, means: Means) -> Json:
    if means.kind == "card":
        return card_details(means)
    reusable = intent["setup_future_usage"] is not None
    mandate = open_mandate(desk, method, reusable=reusable)
    return bank_details(means) | {"mandate": mandate.id}


def settle_charge(desk: Desk, charge: Record) -> Record:
    """Book the money that came in, fees apart, and say so."""
    amount = charge.body["amount"]
    kind = "charge"
    if charge.body["payment_method_details"]["type"] != "card":
        kind = "payment"
    moved = book(desk, charge.body, amount=amount, fee=fee_on(amount), kind=kind)
    paid = desk.change(
        charge,
        amount_captured=amount,
        balance_transaction=moved.id,
        captured=True,
        outcome={"network_status": "approved_by_network", "type": "authorized"},
        paid=True,
        status="succeeded",
    )
    desk.announce("charge.succeeded", paid)
    return paid


def fail_charge(desk: Desk, charge: Record, refusal: Refusal) -> Record:
    failed = desk.change(
        charge,
        failure_code=refusal.code,
        failure_message=refusal.message,
        outcome={
            "network_status": "declined_by_network",
            "reason": refusal.decline_code,
            "seller_message": refusal.message,
            "type": "issuer_declined",
        },
        status="failed",
    )
    desk.announce("charge.failed", failed)
    return failed
