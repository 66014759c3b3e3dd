"""The payment page that Stripe would host: plain HTML, no script, strict CSP."""

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlsplit

from infra.simulator import pages
from infra.simulator.accounts import Account
from infra.simulator.checkout import Result, answer_challenge, confirm
from infra.simulator.desk import Desk
from infra.simulator.errors import ApiError
from infra.simulator.form_parts import prefilled
from infra.simulator.http_types import Answer, Request, redirect
from infra.simulator.methods import Refusal
from infra.simulator.payment_form import Typed, read
from infra.simulator.store import Json, Record
from infra.simulator.templating import Html, static_file
from infra.simulator.view import View
from infra.simulator.words import words_for

if TYPE_CHECKING:
    from infra.simulator.simulator import Simulator

PAY = re.compile(r"^/c/pay/(cs_test_\w+)(/3ds)?$")
FILES = {
    "/c/simulator.css": "text/css; charset=utf-8",
    "/c/simulator.svg": "image/svg+xml",
}
REFUSALS = {
    "insufficient_funds": "poor",
    "expired_card": "expired_card",
    "live_mode_test_card": "real_card",
    "generic_decline": "declined",
}


def answer_page(simulator: "Simulator", request: Request) -> Answer:
    """Serve one page of the hosted checkout, or a file it needs."""
    if request.path in FILES:
        headers = {"Content-Type": FILES[request.path]}
        return Answer(200, static_file(request.path.removeprefix("/c/")), headers)
    found = PAY.match(request.path)
    if found is None or request.method not in ("GET", "POST"):
        return _unknown(request)
    try:
        with simulator.at_work() as store:
            desk = simulator.desk_of_object(store, found[1])
            session = desk.get("checkout.session", found[1])
            return _session_page(desk, session, request, step=found[2] or "")
    except ApiError:
        return _unknown(request)


def _session_page(desk: Desk, session: Record, request: Request, step: str) -> Answer:
    view = _view(desk.account, session, request)
    if session.body["status"] != "open":
        return _page(pages.over(view), view)
    typed = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
    if step:
        return _challenge(desk, session, request, view, typed)
    asked = dict(parse_qsl(request.query))
    kind = typed.get("by") or asked.get("by") or view.methods[0]
    if kind not in view.methods:
        kind = view.methods[0]
    if request.method == "GET":
        return _page(pages.pay(view, kind, prefilled(view, asked.get("try"))), view)
    return _pay(desk, session, view, kind, typed)


def _pay(desk: Desk, session: Record, view: View, kind: str, typed: Typed) -> Answer:
    means, errors = read(typed, kind, asks_email=view.asks_email, now=desk.now)
    if means is None:
        return _page(pages.pay(view, kind, typed, errors), view, 422)
    result, refusal = confirm(desk, session.id, means)
    return _after(session, view, kind, typed, (result, refusal))


def _challenge(
    desk: Desk, session: Record, request: Request, view: View, typed: Typed
) -> Answer:
    challenged = session.private.get("challenged")
    if challenged is None:
        return redirect(f"/c/pay/{session.id}")
    if request.method == "GET":
        return _page(pages.challenge(view), view)
    approved = typed.get("answer") == "approve"
    outcome = answer_challenge(desk, session.id, approved=approved)
    return _after(session, view, "card", {}, outcome)


def _after(
    session: Record,
    view: View,
    kind: str,
    typed: Typed,
    outcome: tuple[Result, Refusal | None],
) -> Answer:
    result, refusal = outcome
    if result == "complete":
        return redirect(return_address(session.body))
    if result == "challenge":
        return redirect(f"/c/pay/{session.id}/3ds")
    word = REFUSALS.get((refusal and refusal.decline_code) or "", "not_proven")
    # The refused number is not typed back: another card is wanted.
    kept: Typed = {n: v for n, v in typed.items() if n in {"name", "email"}}
    return _page(pages.pay(view, kind, kept, {pages.WHOLE: word}), view, 402)


def return_address(session: Json) -> str:
    """Return success_url with the session's id where the town asked for it."""
    address = str(session["success_url"])
    return address.replace("{CHECKOUT_SESSION_ID}", quote(session["id"], safe=""))


def _view(account: Account, session: Record, request: Request) -> View:
    language = request.headers.get("Accept-Language", "")
    words = words_for(session.body["locale"], language)
    town = session.private["display_name"] or account.name or words["nameless"]
    return View(session.body, session.private["line_items"], town, words)


def _unknown(request: Request) -> Answer:
    words = words_for(None, request.headers.get("Accept-Language", ""))
    view = View({"id": ""}, [], words["nameless"], words)
    return _page(pages.unknown(view), view, 404)


def _page(body: Html, view: View, status: int = 200) -> Answer:
    return Answer(
        status,
        body.encode(),
        {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": _policy(view.session),
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _policy(session: Json) -> str:
    # Chromium applies form-action to the redirect that follows a form too.
    parts = urlsplit(session.get("success_url") or "")
    town = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action 'self'{town}"
    )
