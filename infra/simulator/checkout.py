"""The moment of paying: what the hosted page does when the family confirms."""

from dataclasses import replace
from typing import Literal

from infra.simulator import intents
from infra.simulator.customers import open_customer
from infra.simulator.desk import Desk
from infra.simulator.errors import ApiError
from infra.simulator.instruments import means_of, open_mandate, open_method
from infra.simulator.methods import CHALLENGE, DECLINE, NOT_PROVEN, Means, Refusal
from infra.simulator.store import Json, Record

Result = Literal["complete", "declined", "challenge"]


def confirm(desk: Desk, session_id: str, means: Means) -> tuple[Result, Refusal | None]:
    """Try to pay, or to save the way to pay; a finished session is refused."""
    session = open_session(desk, session_id)
    customer = _customer(desk, session, means)
    method = open_method(desk, means, customer)
    session = _with_payer(desk, session, means, customer)
    if session.body["mode"] == "setup":
        return _save_method(desk, session, method, means)
    intent = _intent(desk, session, method, customer)
    step_url = f"{desk.base_url}/c/pay/{session.id}/3ds"
    intent = intents.attempt(desk, intent, method, step_url)
    if intent.body["status"] == "requires_action":
        session.private["challenged"] = method.id
        desk.save(session)
        return "challenge", None
    if intent.body["status"] == "requires_payment_method":
        return "declined", means.refusal
    _complete(desk, session, paid=intent.body["status"] == "succeeded")
    return "complete", None


def answer_challenge(
    desk: Desk, session_id: str, *, approved: bool
) -> tuple[Result, Refusal | None]:
    """Finish the 3-D Secure step that the last attempt asked for."""
    session = open_session(desk, session_id)
    challenged = session.private.pop("challenged", None)
    if challenged is None:
        raise ApiError("No 3-D Secure step is under way for this session.")
    method = desk.get("payment_method", challenged)
    desk.save(session)
    if session.body["mode"] == "setup":
        if not approved:
            return "declined", NOT_PROVEN
        return _save_proven(desk, session, method)
    intent = desk.get("payment_intent", session.body["payment_intent"])
    if not approved:
        intents.refuse(desk, intent, method, NOT_PROVEN)
        return "declined", NOT_PROVEN
    intents.collect(desk, intent, method)
    _complete(desk, session, paid=True)
    return "complete", None


def open_session(desk: Desk, session_id: str) -> Record:
    session = desk.get("checkout.session", session_id)
    if session.body["status"] != "open":
        raise ApiError(
            f"This Checkout Session is {session.body['status']}.",
            code="payment_intent_unexpected_state",
        )
    return session


def _customer(desk: Desk, session: Record, means: Means) -> str | None:
    body = session.body
    if body["customer"] is None and body["customer_creation"] == "always":
        return open_customer(desk, _payer(session, means)).id
    return None if body["customer"] is None else str(body["customer"])


def _payer(session: Record, means: Means) -> Json:
    return {
        "email": means.email or session.body["customer_email"],
        "name": means.name,
    }


def _with_payer(
    desk: Desk, session: Record, means: Means, customer: str | None
) -> Record:
    payer = _payer(session, means) | {"tax_exempt": "none", "tax_ids": []}
    return desk.change(session, customer=customer, customer_details=payer)


def _intent(
    desk: Desk, session: Record, method: Record, customer: str | None
) -> Record:
    """Return the session's PaymentIntent; it is born with the first attempt."""
    known = session.body["payment_intent"]
    if known is not None:
        return desk.get("payment_intent", known)
    asked = session.private["intent"]
    names = ("description", "receipt_email", "setup_future_usage")
    described = ("statement_descriptor", "statement_descriptor_suffix")
    facts = {
        "amount": session.body["amount_total"],
        "currency": session.body["currency"],
        "customer": customer,
        "metadata": asked["metadata"],
        "payment_method": method.id,
        "payment_method_types": session.body["payment_method_types"],
        **{name: asked.get(name) for name in (*names, *described)},
    }
    intent = intents.open_intent(desk, facts, {"session": session.id})
    session.body["payment_intent"] = intent.id
    desk.save(session)
    return intent


def _complete(desk: Desk, session: Record, *, paid: bool) -> None:
    status = "paid" if paid else session.body["payment_status"]
    done = desk.change(
        replace(session, due_at=None),
        payment_status=status,
        status="complete",
        url=None,
    )
    desk.announce("checkout.session.completed", done)


def _save_method(
    desk: Desk, session: Record, method: Record, means: Means
) -> tuple[Result, Refusal | None]:
    if means.behaviour == DECLINE:
        return "declined", means.refusal
    if means.behaviour == CHALLENGE:
        session.private["challenged"] = method.id
        desk.save(session)
        return "challenge", None
    return _save_proven(desk, session, method)


def _save_proven(
    desk: Desk, session: Record, method: Record
) -> tuple[Result, Refusal | None]:
    setup = desk.get("setup_intent", session.body["setup_intent"])
    mandate = None
    if means_of(method).kind == "sepa_debit":
        mandate = open_mandate(desk, method, reusable=True).id
    saved = desk.change(
        setup,
        customer=session.body["customer"],
        mandate=mandate,
        payment_method=method.id,
        status="succeeded",
    )
    desk.announce("setup_intent.succeeded", saved)
    _complete(desk, session, paid=False)
    return "complete", None


def late_answer(desk: Desk, intent: Record) -> None:
    """Bring the bank's answer to a direct debit, days after the page was left."""
    answered = intents.answer_of_bank(desk, intent)
    session_id = answered.private.get("session")
    if session_id is None:
        return
    session = desk.get("checkout.session", session_id)
    if answered.body["status"] == "succeeded":
        paid = desk.change(session, payment_status="paid")
        desk.announce("checkout.session.async_payment_succeeded", paid)
    else:
        desk.announce("checkout.session.async_payment_failed", session)
