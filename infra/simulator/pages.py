"""Write the pages: what is due on one side, how to pay on the other."""

from infra.simulator import form_parts as form
from infra.simulator.payment_form import Errors, Typed
from infra.simulator.templating import Html, fill, joined
from infra.simulator.view import View

# A trouble of the whole payment, not of one field.
WHOLE = "payment"


def pay(view: View, kind: str, typed: Typed, errors: Errors | None = None) -> Html:
    """Return the payment page, with what was typed and what is wrong with it."""
    problems = errors or {}
    body = fill(
        "pay",
        summary=_summary(view),
        problems=_problems(view, problems),
        methods=form.methods(view, kind),
        address=view.address,
        by=kind,
        fields=form.fields(view, kind, typed, problems),
        notice=form.notice(view, kind),
        confirm=_confirm(view),
        back=_back(view),
        trials=form.trials(view, kind),
    )
    return _layout(view, _title(view), body, wrong=bool(problems))


def challenge(view: View) -> Html:
    body = fill(
        "challenge",
        address=f"{view.address}/3ds",
        amount=view.total or view.say("nothing_now"),
        town=view.town,
        **_words(view, "bank_title", "bank_lead", "bank_name", "approve", "refuse"),
        **_words(view, "merchant", amount_word="amount"),
    )
    return _layout(view, view.say("bank_title"), body)


def over(view: View) -> Html:
    """Return the page of a session that is complete or expired."""
    session = view.session
    kind = "over"
    if session["status"] == "complete":
        kind = "saved" if session["mode"] == "setup" else "paid"
    way_back = session["cancel_url"] or session["success_url"]
    if session["status"] == "complete":
        way_back = session["success_url"]
    way_back = way_back.replace("{CHECKOUT_SESSION_ID}", session["id"])
    link = fill("return", address=way_back, label=view.say("return"))
    return _closing(view, kind, link)


def unknown(view: View) -> Html:
    return _closing(view, "unknown", Html(""))


def _closing(view: View, kind: str, link: Html) -> Html:
    title, lead = view.say(f"{kind}_title"), view.say(f"{kind}_lead")
    return _layout(view, title, fill("over", title=title, lead=lead, link=link))


def _layout(view: View, title: str, body: Html, *, wrong: bool = False) -> Html:
    prefix = f"{view.say('error')}{_colon(view)} " if wrong else ""
    return fill(
        "layout",
        lang=view.words["lang"],
        title=f"{prefix}{title}",
        town=view.town,
        body=body,
        **_words(view, "simulator", "no_money"),
    )


def _colon(view: View) -> str:
    return "\u00a0:" if view.words["lang"] == "fr" else ":"


def _words(view: View, *same: str, **renamed: str) -> dict[str, str]:
    named = dict.fromkeys(same) | renamed
    return {name: view.say(word or name) for name, word in named.items()}


def _title(view: View) -> str:
    setup = view.session["mode"] == "setup"
    return view.say("save_title" if setup else "pay_title")


def _summary(view: View) -> Html:
    if view.session["mode"] == "setup":
        return fill("summary_setup", title=_title(view), lead=view.say("nothing_now"))
    rows = [
        fill(
            "item",
            name=item["description"],
            quantity=view.say("quantity", count=item["quantity"])
            if item["quantity"] > 1
            else "",
            amount=view.amount(item["amount_total"]),
        )
        for item in view.items
    ]
    return fill(
        "summary",
        title=_title(view),
        amount=view.total,
        items=joined(rows),
        **_words(view, "to_pay", "total"),
    )


def _problems(view: View, errors: Errors) -> Html:
    if not errors:
        return Html("")
    rows = [
        fill("trouble", message=view.say(word))
        if field == WHOLE
        else fill("problem", field=field, message=view.say(word))
        for field, word in errors.items()
    ]
    return fill("problems", title=view.say("problem"), problems=joined(rows))


def _confirm(view: View) -> str:
    return view.say("pay", amount=view.total) if view.total else view.say("save")


def _back(view: View) -> Html:
    address = view.session["cancel_url"]
    if address is None:
        return Html("")
    return fill("back", address=address, label=view.say("back"))
