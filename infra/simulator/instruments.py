"""PaymentMethods and mandates: how a way to pay is written down at Stripe."""

from dataclasses import asdict

from infra.simulator.desk import Desk, new_id
from infra.simulator.methods import Means, Refusal
from infra.simulator.store import Json, Record


def means_of(method: Record) -> Means:
    kept = dict(method.private["means"])
    return Means(**kept | {"refusal": Refusal(**kept["refusal"])})


def open_method(desk: Desk, means: Means, customer: str | None = None) -> Record:
    details = {
        "card": card_details,
        "sepa_debit": bank_details,
    }[means.kind](means)
    return desk.add(
        {
            "id": new_id("pm"),
            "object": "payment_method",
            "billing_details": billing_details(means),
            "created": desk.now,
            "customer": customer,
            "livemode": False,
            "metadata": {},
            "type": means.kind,
            means.kind: details,
        },
        {"means": asdict(means)},
    )


def billing_details(means: Means) -> Json:
    return {"name": means.name, "email": means.email}


def card_details(means: Means) -> Json:
    return {
        "brand": means.brand,
        "country": means.country,
        "exp_month": means.exp_month,
        "exp_year": means.exp_year,
        "funding": "credit",
        "last4": means.last4,
    }


def bank_details(means: Means) -> Json:
    return {
        "bank_code": means.bank_code,
        "country": means.country,
        "last4": means.last4,
    }


def open_mandate(desk: Desk, method: Record, *, reusable: bool) -> Record:
    """Write the SEPA mandate that the family has just accepted online."""
    reference = new_id("SIM")[:16].upper().replace("_", "")
    return desk.add(
        {
            "id": new_id("mandate"),
            "object": "mandate",
            "customer_acceptance": {
                "accepted_at": desk.now,
                "online": {"ip_address": "127.0.0.1", "user_agent": "simulator"},
                "type": "online",
            },
            "livemode": False,
            "payment_method": method.id,
            "payment_method_details": {
                "sepa_debit": {
                    "reference": reference,
                    "url": f"{desk.base_url}/mandates/{reference}",
                },
                "type": "sepa_debit",
            },
            "status": "active",
            "type": "multi_use" if reusable else "single_use",
        }
    )
