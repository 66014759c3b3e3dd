"""Answer the API requests of the official SDK."""

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import stripe

from infra.simulator import faults
from infra.simulator.accounts import authenticate
from infra.simulator.desk import Desk, check_metadata, new_id
from infra.simulator.encoding import decode
from infra.simulator.errors import ApiError
from infra.simulator.faults import Fault
from infra.simulator.http_types import Answer, Request, as_json
from infra.simulator.idempotency import answered, keep_answer
from infra.simulator.listing import expanded
from infra.simulator.routes import find_route
from infra.simulator.schema import validated

if TYPE_CHECKING:
    from infra.simulator.simulator import Simulator

log = logging.getLogger(__name__)


def answer_api(simulator: "Simulator", request: Request) -> Answer:
    """Serve one request, with the trouble a test may have asked for."""
    fault = simulator.faults.take(request.method, request.path)
    if fault is not None and fault.kind == faults.DELAY:
        time.sleep(fault.seconds)
    if fault is not None and fault.kind == faults.DROP_BEFORE:
        return Answer(0, dropped=True)
    request_id = new_id("req")
    answer = _answer(simulator, request, request_id, fault)
    named = {"Request-Id": request_id, "Stripe-Version": stripe.api_version}
    dropped = fault is not None and fault.kind == faults.DROP_AFTER
    return replace(answer, headers=answer.headers | named, dropped=dropped)


def _answer(
    simulator: "Simulator", request: Request, request_id: str, fault: Fault | None
) -> Answer:
    try:
        _fail_on_demand(fault)
        return _serve(simulator, request, request_id)
    except ApiError as refusal:
        return as_json(refusal.body(), refusal.status)
    except Exception:
        log.exception("The simulator itself is at fault.")
        trouble = ApiError("Bug of the simulator.", status=500, kind="api_error")
        return as_json(trouble.body(), 500, Stripe_Should_Retry="false")


def _fail_on_demand(fault: Fault | None) -> None:
    if fault is not None and fault.kind == faults.ERROR:
        raise ApiError(
            "Trouble asked for by a test.", status=fault.status, kind="api_error"
        )


def _serve(simulator: "Simulator", request: Request, request_id: str) -> Answer:
    _check_version(request)
    key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
    with simulator.at_work() as store:
        account = authenticate(
            store, _api_key(request), request.headers.get("Stripe-Account")
        )
        desk = simulator.desk(account, request_id=request_id, idempotency_key=key)
        known = answered(store, account.id, key, request) if key else None
        if known is not None:
            status, body = known
            headers = {
                "Content-Type": "application/json; charset=utf-8",
                "Idempotent-Replayed": "true",
            }
            return Answer(status, body.encode(), headers)
        answer = as_json(_handled(desk, request))
        if key:
            kept = (answer.status, answer.body.decode())
            keep_answer(store, account.id, key, request, kept)
    return replace(answer, headers=answer.headers | _echo(key))


def _echo(key: str | None) -> dict[str, str]:
    # A key may hold any character: a header may not.
    return {"Idempotency-Key": quote(key, safe=":-_./ ")} if key else {}


def _handled(desk: Desk, request: Request) -> dict[str, object]:
    route, identities = find_route(request.method, request.path)
    params = validated(decode(request.form), route.schema)
    check_metadata(params.get("metadata") or None)
    body = route.handler(desk, params, *identities)
    return expanded(desk, body, params.get("expand", []))


def _api_key(request: Request) -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise ApiError("You did not provide an API key.", status=401)
    return key.strip()


def _check_version(request: Request) -> None:
    asked = request.headers.get("Stripe-Version", stripe.api_version)
    if asked != stripe.api_version:
        raise ApiError(
            f"The simulator speaks {stripe.api_version} only, not {asked}.",
            code="invalid_stripe_version",
        )
