"""Checkout Sessions: opened for one payment or one mandate, then over for good."""

from dataclasses import replace

from infra.simulator.basket import currency_of, line_items
from infra.simulator.desk import Desk, check_metadata, new_id
from infra.simulator.errors import ApiError
from infra.simulator.session_rules import DAY, check_session, methods_offered
from infra.simulator.shapes import as_list
from infra.simulator.store import Json, Record

AS_ASKED = (
    "allowed_payment_method_types",
    "cancel_url",
    "client_reference_id",
    "customer",
    "customer_creation",
    "customer_email",
    "excluded_payment_method_types",
    "locale",
    "mode",
    "submit_type",
    "success_url",
)


def create_session(desk: Desk, params: Json) -> Json:
    check_session(desk, params)
    items = line_items(desk, params["line_items"]) if "line_items" in params else []
    currency = _currency(desk, params, items)
    identity = new_id("cs_test")
    expires_at = params.get("expires_at", desk.now + DAY)
    body = _empty_session() | {
        **{name: params.get(name) for name in AS_ASKED},
        "id": identity,
        "created": desk.now,
        "currency": currency,
        "expires_at": expires_at,
        "metadata": check_metadata(params.get("metadata")),
        "payment_method_types": methods_offered(desk, params, currency),
        "url": f"{desk.base_url}/c/pay/{identity}",
    }
    private = {
        "line_items": items,
        "display_name": params.get("branding_settings", {}).get("display_name"),
        "intent": _intent_facts(params),
    }
    body |= _opening(desk, params, items)
    return desk.add(body, private, due_at=expires_at).body


def _empty_session() -> Json:
    return {
        "object": "checkout.session",
        "automatic_tax": {"enabled": False},
        "custom_fields": [],
        "custom_text": {},
        "livemode": False,
        "payment_status": "unpaid",
        "shipping_options": [],
        "status": "open",
        "ui_mode": "hosted_page",
    }


def _currency(desk: Desk, params: Json, items: list[Json]) -> str:
    if items:
        return str(items[0]["currency"])
    asked: str = params.get("currency") or desk.account.profile["currency"]
    return currency_of(asked, "currency")


def _intent_facts(params: Json) -> Json:
    asked = params.get("payment_intent_data") or params.get("setup_intent_data") or {}
    param = f"{params['mode']}_intent_data[metadata]"
    return asked | {"metadata": check_metadata(asked.get("metadata"), param)}


def _opening(desk: Desk, params: Json, items: list[Json]) -> Json:
    """Return amounts in payment mode, the SetupIntent in setup mode."""
    if params["mode"] == "setup":
        setup = _open_setup(desk, params)
        return {"payment_status": "no_payment_required", "setup_intent": setup.id}
    total = sum(item["amount_total"] for item in items)
    creation = params.get("customer_creation", "if_required")
    return {
        "amount_subtotal": total,
        "amount_total": total,
        "customer_creation": None if "customer" in params else creation,
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
    }


def _open_setup(desk: Desk, params: Json) -> Record:
    identity = new_id("seti")
    facts = _intent_facts(params)
    return desk.add(
        {
            "id": identity,
            "object": "setup_intent",
            "client_secret": f"{identity}_secret_{new_id('sim')[4:]}",
            "created": desk.now,
            "customer": params.get("customer"),
            "description": facts.get("description"),
            "livemode": False,
            "metadata": facts["metadata"],
            "payment_method_types": desk.account.profile["methods"],
            "status": "requires_payment_method",
            "usage": "off_session",
        }
    )


def expire_session(desk: Desk, params: Json, session_id: str) -> Json:
    """Close an open session by request; a finished one is refused."""
    del params
    session = desk.get("checkout.session", session_id)
    if session.body["status"] != "open":
        raise ApiError(
            "Only Checkout Sessions with a status of open can be expired. "
            f"This one is {session.body['status']}."
        )
    return close_unpaid(desk, session).body


def close_unpaid(desk: Desk, session: Record) -> Record:
    """Expire the session, and cancel the payment it may have started."""
    if session.body["payment_intent"] is not None:
        intent = desk.get("payment_intent", session.body["payment_intent"])
        desk.change(
            intent,
            canceled_at=desk.now,
            cancellation_reason="automatic",
            next_action=None,
            status="canceled",
        )
    expired = desk.change(replace(session, due_at=None), status="expired", url=None)
    desk.announce("checkout.session.expired", expired)
    return expired


def items_of(session: Record) -> Json:
    """Return the line items as the list Stripe nests in a session."""
    url = f"/v1/checkout/sessions/{session.id}/line_items"
    return as_list(session.private["line_items"], url, more=False)
