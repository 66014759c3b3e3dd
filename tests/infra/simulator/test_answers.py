"""What the simulator answers, against the classes of the official SDK."""

import json
from typing import get_args
from urllib.request import Request, urlopen

import pytest
import stripe
from stripe._object_classes import get_object_class

from infra.simulator.shapes import ShapeError, as_list, shaped

KINDS = {
    "checkout/sessions",
    "payment_intents",
    "charges",
    "refunds",
    "customers",
    "events",
    "balance_transactions",
    "payment_methods",
    "setup_intents",
}


def raw(town, path):
    request = Request(
        f"{town.url}/v1/{path}", headers={"Authorization": f"Bearer {town.key}"}
    )
    with urlopen(request) as answer:
        return json.load(answer)


def known_to(resource):
    """Return every field the class and its parents declare."""
    return {
        name
        for parent in resource.__mro__
        for name in vars(parent).get("__annotations__", {})
    }


def unknown_fields(value, resource, where):
    """Yield each field that the SDK has never heard of, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from unknown_fields(item, resource, where)
    elif isinstance(value, dict):
        if "object" in value and isinstance(value["object"], str):
            resource = get_object_class("V1", value["object"])
        if resource is None:
            return
        for name, inner in value.items():
            if name not in known_to(resource) | {"object"}:
                yield f"{where}.{name}"
            branch = resource._inner_class_types.get(name)
            yield from unknown_fields(inner, branch, f"{where}.{name}")


@pytest.fixture
def busy_town(town):
    """Return a town where a bit of everything has happened."""
    town.client.v1.customers.create({"email": "a@example.org"})
    session = town.open_session()
    town.pay(session, card="4000000000000002")
    town.pay(session, card="4000002500003155", challenge="approve")
    intent = town.read(session.id).payment_intent
    made = town.client.v1.refunds.create({"payment_intent": intent.id})
    town.control("POST", f"refunds/{made.id}/fail")
    town.paid_session(iban="FR1420041010050500013M02606")
    saved = town.open_session(mode="setup", currency="eur", line_items=None)
    town.pay(saved, iban="FR1420041010050500013M02606")
    town.client.v1.checkout.sessions.expire(town.open_session().id)
    return town


def test_every_field_of_every_answer_is_known_to_the_sdk(busy_town):
    found = {kind: raw(busy_town, f"{kind}?limit=100")["data"] for kind in KINDS}

    strange = [s for k, data in found.items() for s in unknown_fields(data, None, k)]
    assert all(found.values())
    assert strange == []


def test_every_event_is_of_a_documented_type(busy_town):
    documented = get_args(stripe.Event.__annotations__["type"])

    assert set(busy_town.events()) <= set(documented)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"colour": "red"}, "unknown"),
        ({"amount": None}, "may not be null"),
        ({"metadata": {}, "destination_details": {"colour": 1}}, "unknown"),
    ],
)
def test_an_answer_stripe_would_never_give_cannot_be_built(change, complaint):
    body = {
        "id": "re_1",
        "object": "refund",
        "amount": 1,
        "created": 1,
        "currency": "eur",
    }

    with pytest.raises(ShapeError, match=complaint):
        shaped(body | change)


def test_an_answer_lacking_a_field_or_with_a_strange_status_cannot_be_built():
    with pytest.raises(ShapeError, match="missing"):
        shaped({"id": "re_1", "object": "refund"})
    with pytest.raises(ShapeError, match="not documented"):
        shaped({"id": "acct_1", "object": "account", "type": "unheard-of"})


def test_an_unset_field_is_null_as_at_stripe():
    facts = {"id": "cus_1", "object": "customer", "created": 1, "livemode": False}

    body = shaped(facts)

    assert body["email"] is None
    assert as_list([body], "/v1/customers", more=False)["data"] == [body]
