"""The `/_sim/` API: what tests and the demo ask that Stripe would never offer."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from infra.simulator import faults, outbox
from infra.simulator.accounts import account_of_key, find_account, open_account
from infra.simulator.checkout import answer_challenge, confirm
from infra.simulator.errors import ApiError, no_such
from infra.simulator.http_types import Answer, Request, as_json
from infra.simulator.methods import bank_account, card, digits
from infra.simulator.refunds import fail_refund
from infra.simulator.store import Json, Record, Store

if TYPE_CHECKING:
    from infra.simulator.simulator import Simulator

CONFIGURABLE = {
    "name",
    "country",
    "currency",
    "methods",
    "revoked",
    "webhook_url",
    "webhook_secret",
}


def answer_control(simulator: "Simulator", request: Request) -> Answer:
    """Serve one control request; bodies are JSON both ways."""
    steps = request.path.removeprefix("/_sim/").strip("/").split("/")
    try:
        command = _command(request.method, steps)
        asked = dict(json.loads(request.body or b"{}"))
        return as_json(command(simulator, asked, *steps[1:2]))
    except ApiError as refusal:
        return as_json(refusal.body(), refusal.status)
    except (ValueError, KeyError, TypeError) as wrong:
        return as_json(ApiError(f"Malformed control: {wrong!r}").body(), 400)


def _command(method: str, steps: list[str]) -> Callable[..., Json]:
    command = COMMANDS.get((method, steps[0], *steps[2:]))
    if command is None:
        raise ApiError(f"No such control: {method} {'/'.join(steps)}", status=404)
    return command


def health(simulator: "Simulator", asked: Json) -> Json:
    del asked
    return {"now": simulator.clock.now(), "url": simulator.url}


def advance(simulator: "Simulator", asked: Json) -> Json:
    """Move time forward by `seconds` and `days`, and apply what falls due."""
    seconds = int(asked.get("seconds", 0)) + 86400 * int(asked.get("days", 0))
    if seconds < 0:
        raise ApiError("Time does not go back.")
    simulator.clock.offset += seconds
    with simulator.at_work() as store:
        store.remember("clock offset", simulator.clock.offset)
    return health(simulator, {})


def add_fault(simulator: "Simulator", asked: Json) -> Json:
    fault = faults.fault_asked(asked)
    simulator.faults.add(fault)
    return asdict(fault)


def clear_faults(simulator: "Simulator", asked: Json) -> Json:
    del asked
    simulator.faults.clear()
    return {}


def configure_account(simulator: "Simulator", asked: Json, account_id: str) -> Json:
    """Set the Dashboard of an account, named by its id or by its test key."""
    if unknown := asked.keys() - CONFIGURABLE:
        raise ApiError(f"Unknown: {sorted(unknown)}")
    connected = account_id.startswith("acct_")
    identity = account_id if connected else account_of_key(account_id)
    with simulator.at_work() as store:
        account = open_account(store, identity, connected=connected, **asked)
    return {"id": account.id, **account.profile}


def list_deliveries(simulator: "Simulator", asked: Json) -> Json:
    del asked
    with simulator.at_work() as store:
        return {
            "data": [
                each.public() | {"type": _event(store, each.event).body["type"]}
                for each in outbox.deliveries(store)
            ]
        }


def hold_deliveries(simulator: "Simulator", asked: Json) -> Json:
    """Keep webhooks back (`held`), so that a test chooses their order."""
    simulator.courier.held = bool(asked["held"])
    simulator.courier.wake()
    return {"held": simulator.courier.held}


def redeliver(simulator: "Simulator", asked: Json, event_id: str) -> Json:
    """Send an event now, `times` times, whatever was delivered before."""
    with simulator.at_work() as store:
        _event(store, event_id)
        known = outbox.deliveries(store, event=event_id)
    if not known:
        raise ApiError("This event has no address to go to.")
    statuses = [
        simulator.courier.deliver(known[0]) for _ in range(int(asked.get("times", 1)))
    ]
    return {"event": event_id, "statuses": statuses}


def _event(store: Store, event_id: str) -> Record:
    event = store.find(event_id)
    if event is None or event.kind != "event":
        raise no_such("event", event_id)
    return event


def pay(simulator: "Simulator", asked: Json, session_id: str) -> Json:
    """Pay a session without a browser: `card` or `iban`, and `challenge`."""
    name = asked.get("name", "Camille Test")
    if "iban" in asked:
        means = bank_account(digits(asked["iban"]), name=name)
    else:
        number = digits(asked.get("card", "4242424242424242"))
        means = card(number, name=name)
    with simulator.at_work() as store:
        desk = simulator.desk_of_object(store, session_id)
        result, refusal = confirm(desk, session_id, means)
        if result == "challenge" and "challenge" in asked:
            approved = asked["challenge"] == "approve"
            result, refusal = answer_challenge(desk, session_id, approved=approved)
        session = desk.get("checkout.session", session_id).body
    message = refusal.message if refusal else None
    return {"result": result, "message": message, "session": session}


def bounce_refund(simulator: "Simulator", asked: Json, refund_id: str) -> Json:
    del asked
    with simulator.at_work() as store:
        desk = simulator.desk_of_object(store, refund_id)
        return fail_refund(desk, desk.get("refund", refund_id)).body


def show_account(simulator: "Simulator", asked: Json, account_id: str) -> Json:
    del asked
    with simulator.at_work() as store:
        account = find_account(store, account_id)
    if account is None:
        raise no_such("account", account_id)
    return {"id": account.id, **account.profile}


COMMANDS: dict[tuple[str, ...], Callable[..., Json]] = {
    ("GET", "health"): health,
    ("POST", "time"): advance,
    ("POST", "faults"): add_fault,
    ("DELETE", "faults"): clear_faults,
    ("GET", "accounts"): show_account,
    ("POST", "accounts"): configure_account,
    ("GET", "deliveries"): list_deliveries,
    ("POST", "deliveries"): hold_deliveries,
    ("POST", "events", "deliver"): redeliver,
    ("POST", "sessions", "pay"): pay,
    ("POST", "refunds", "fail"): bounce_refund,
}
