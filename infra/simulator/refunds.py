"""Refunds: whole or partial, and those that come back refused.

A refund fails one simulated day later when its amount is FAILING_AMOUNT or when
the card was 4000 0000 0000 5126.
"""

from dataclasses import replace

from infra.simulator.desk import Desk, check_metadata, new_id
from infra.simulator.errors import ApiError, missing, not_simulated
from infra.simulator.ledger import book
from infra.simulator.store import Json, Record

FAILING_AMOUNT = 1313
DAY = 86400
PLAYED = {"amount", "charge", "payment_intent", "reason", "metadata", "expand"}


def create_refund(desk: Desk, params: Json) -> Json:
    if beyond := params.keys() - PLAYED:
        raise not_simulated(min(beyond))
    charge = _charge(desk, params)
    amount = _amount(charge.body, params.get("amount"))
    fails = charge.private["refunds_fail"] or amount == FAILING_AMOUNT
    body = _new_refund(desk, charge.body, params) | {"amount": amount}
    refund = desk.add(body, due_at=desk.now + DAY if fails else None)
    moved = book(desk, refund.body, amount=-amount, fee=0, kind="refund")
    refund = desk.change(refund, balance_transaction=moved.id)
    desk.announce("refund.created", refund)
    desk.announce("charge.refunded", _counted(desk, charge, amount))
    return refund.body


def _new_refund(desk: Desk, charge: Json, params: Json) -> Json:
    return {
        "id": new_id("re"),
        "object": "refund",
        "charge": charge["id"],
        "created": desk.now,
        "currency": charge["currency"],
        "metadata": check_metadata(params.get("metadata") or None),
        "payment_intent": charge["payment_intent"],
        "reason": params.get("reason"),
        "status": "succeeded",
    }


def fail_refund(desk: Desk, refund: Record) -> Record:
    """Let the family's bank send the refund back."""
    if refund.body["status"] != "succeeded":
        raise ApiError(f"Refund {refund.id} is {refund.body['status']}.")
    amount = refund.body["amount"]
    back = book(desk, refund.body, amount=amount, fee=0, kind="refund_failure")
    failed = desk.change(
        replace(refund, due_at=None),
        failure_balance_transaction=back.id,
        failure_reason="lost_or_stolen_card",
        status="failed",
    )
    charge = desk.get("charge", refund.body["charge"])
    _counted(desk, charge, -amount)
    desk.announce("refund.failed", failed)
    return failed


def _charge(desk: Desk, params: Json) -> Record:
    if "charge" in params and "payment_intent" in params:
        raise ApiError("Give charge or payment_intent, not both.", param="charge")
    if "charge" in params:
        charge = desk.get("charge", params["charge"], param="charge")
    elif "payment_intent" in params:
        wanted = params["payment_intent"]
        intent = desk.get("payment_intent", wanted, param="payment_intent")
        latest = intent.body["latest_charge"]
        if latest is None:
            raise _unpaid(intent.id)
        charge = desk.get("charge", latest)
    else:
        raise missing("payment_intent")
    if not charge.body["paid"]:
        raise _unpaid(charge.id)
    return charge


def _unpaid(object_id: str) -> ApiError:
    return ApiError(
        f"{object_id} does not have a successful charge to refund.",
        code="charge_not_refundable",
    )


def _amount(charge: Json, asked: int | None) -> int:
    left = int(charge["amount"] - charge["amount_refunded"])
    if left == 0:
        raise ApiError(
            f"Charge {charge['id']} has already been refunded.",
            code="charge_already_refunded",
        )
    amount = left if asked is None else asked
    if amount < 1:
        raise ApiError(
            "This value must be greater than or equal to 1.",
            code="parameter_invalid_integer",
            param="amount",
        )
    if amount > left:
        raise ApiError(
            f"Refund amount ({amount}) is greater than unrefunded amount on "
            f"charge ({left}).",
            code="refund_amount_greater_than_unrefunded_amount",
            param="amount",
        )
    return amount


def _counted(desk: Desk, charge: Record, amount: int) -> Record:
    refunded = charge.body["amount_refunded"] + amount
    whole = refunded == charge.body["amount"]
    return desk.change(charge, amount_refunded=refunded, refunded=whole)
