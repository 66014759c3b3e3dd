"""Customers: the payer's name and address, and what Checkout attaches to it."""

from infra.simulator.desk import Desk, check_metadata, new_id
from infra.simulator.errors import not_simulated
from infra.simulator.store import Json, Record

KEPT = ("address", "description", "email", "name", "phone", "preferred_locales")
PLAYED = {*KEPT, "metadata", "expand"}


def create_customer(desk: Desk, params: Json) -> Json:
    if beyond := params.keys() - PLAYED:
        raise not_simulated(min(beyond))
    return open_customer(desk, params).body


def open_customer(desk: Desk, facts: Json) -> Record:
    created = desk.add(
        {
            "id": new_id("cus"),
            "object": "customer",
            "created": desk.now,
            "livemode": False,
            "metadata": check_metadata(facts.get("metadata") or None),
            # Emptied on purpose and never given read the same.
            **{name: facts.get(name) or None for name in KEPT},
        }
    )
    desk.announce("customer.created", created)
    return created
