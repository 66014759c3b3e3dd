"""Balance transactions: what reaches the merchant, fees apart. Amounts in cents."""

from infra.simulator.desk import Desk, new_id
from infra.simulator.store import Json, Record

# One plausible price list, 1.5 % + 0.25; rounded half up in whole cents.
FEE_PER_THOUSAND, FEE_FIXED = 15, 25
DAYS_TO_PAYOUT = 2


def fee_on(amount: int) -> int:
    return (amount * FEE_PER_THOUSAND + 500) // 1000 + FEE_FIXED


def book(desk: Desk, source: Json, *, amount: int, fee: int, kind: str) -> Record:
    """Write one movement of the merchant's balance; refunds are negative."""
    fees = {
        "amount": fee,
        "application": None,
        "currency": source["currency"],
        "description": "Stripe processing fees (simulated)",
        "type": "stripe_fee",
    }
    return desk.add(
        {
            "id": new_id("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": desk.now + DAYS_TO_PAYOUT * 86400,
            "balance_type": "payments",
            "created": desk.now,
            "currency": source["currency"],
            "fee": fee,
            "fee_details": [fees] if fee else [],
            "net": amount - fee,
            "reporting_category": "refund" if kind == "refund" else "charge",
            "source": source["id"],
            "status": "pending",
            "type": kind,
        }
    )
