"""Write the pages: what is due on one side, how to pay on the other."""

from dataclasses import dataclass

from infra.simulator.amounts import shown
from infra.simulator.payment_form import Errors, Typed, fields_of
from infra.simulator.store import Json
from infra.simulator.templating import Html, fill, joined
from infra.simulator.words import Words

MAIN_FIELD = {"card": "card_number", "sepa_debit": "iban"}
HINTED = {"expiry", "cvc", "email", "iban"}
KEYBOARD = {"card_number": "numeric", "expiry": "numeric", "cvc": "numeric"}
HOLDER = {"name": "Camille Test", "email": "camille@example.org"}
CARD = HOLDER | {"expiry": "12/40", "cvc": "123"}
# What the links beside the form fill in: word, then number.
TRIALS = {
    "card": {
        "ok": "4242 4242 4242 4242",
        "declined": "4000 0000 0000 0002",
        "poor": "4000 0000 0000 9995",
        "3ds": "4000 0025 0000 3155",
        "refund": "4000 0000 0000 5126",
    },
    "sepa_debit": {
        "iban_ok": "FR14 2004 1010 0505 0001 3M02 606",
        "iban_bounce": "FR84 2004 1010 0505 0001 3M02 607",
    },
}


@dataclass(frozen=True)
class View:
    """One session as its payer sees it."""

    session: Json
    items: list[Json]
    town: str
    words: Words

    @property
    def methods(self) -> list[str]:
        return [str(method) for method in self.session["payment_method_types"]]

    @property
    def asks_email(self) -> bool:
        session = self.session
        return session["customer"] is None and session["customer_email"] is None

    @property
    def address(self) -> str:
        return f"/c/pay/{self.session['id']}"

    def amount(self, amount: int) -> str:
        return shown(amount, self.session["currency"], self.words["lang"])

    @property
    def total(self) -> str:
        due = self.session["amount_total"]
        return "" if due is None else self.amount(due)

    def say(self, word: str, **values: object) -> str:
        return self.words[word].format(town=self.town, **values)


def pay(view: View, kind: str, typed: Typed, errors: Errors | None = None) -> Html:
    """Return the payment page, with what was typed and what is wrong with it."""
    problems = errors or {}
    body = fill(
        "pay",
        summary=_summary(view),
        problems=_problems(view, problems),
        methods=_methods(view, kind),
        address=view.address,
        by=kind,
        fields=_fields(view, kind, typed, problems),
        notice=_notice(view, kind),
        confirm=_confirm(view),
        back=_back(view),
        trials=_trials(view, kind),
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


def prefilled(view: View, trial: str | None) -> Typed:
    """Return the form as a trial link of the page fills it."""
    for kind, numbers in TRIALS.items():
        if trial in numbers and kind in view.methods:
            base = CARD if kind == "card" else HOLDER
            return base | {MAIN_FIELD[kind]: numbers[trial]}
    return {}


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
        fill("problem", field=field, message=view.say(word))
        for field, word in errors.items()
    ]
    return fill("problems", title=view.say("problem"), problems=joined(rows))


def _methods(view: View, kind: str) -> Html:
    if len(view.methods) < 2:
        return Html("")
    links = [
        fill(
            "method_chosen" if method == kind else "method",
            address=f"{view.address}?by={method}",
            label=view.say(method),
        )
        for method in view.methods
    ]
    return fill("methods", title=view.say("method"), links=joined(links))


def _fields(view: View, kind: str, typed: Typed, errors: Errors) -> Html:
    names = fields_of(kind, asks_email=view.asks_email)
    return joined([_field(view, name, typed.get(name, ""), errors) for name in names])


def _field(view: View, name: str, value: str, errors: Errors) -> Html:
    hint = error = Html("")
    described = []
    if name in HINTED:
        hint = fill("hint", name=name, hint=view.say(f"{name}_hint"))
        described.append(f"{name}-hint")
    if name in errors:
        error = fill("field_error", name=name, message=view.say(errors[name]))
        described.append(f"{name}-error")
    return fill(
        "field",
        name=name,
        label=view.say(name),
        value=value,
        hint=hint,
        error=error,
        described=" ".join(described),
        keyboard=KEYBOARD.get(name, "email" if name == "email" else "text"),
        invalid="true" if name in errors else "false",
    )


def _notice(view: View, kind: str) -> Html:
    if kind != "sepa_debit":
        return Html("")
    return fill("notice", text=view.say("mandate"))


def _confirm(view: View) -> str:
    return view.say("pay", amount=view.total) if view.total else view.say("save")


def _back(view: View) -> Html:
    address = view.session["cancel_url"]
    if address is None:
        return Html("")
    return fill("back", address=address, label=view.say("back"))


def _trials(view: View, kind: str) -> Html:
    links = [
        fill(
            "trial",
            address=f"{view.address}?by={kind}&try={trial}",
            number=number,
            label=view.say(f"try_{trial}"),
        )
        for trial, number in TRIALS[kind].items()
    ]
    title = view.say("try" if kind == "card" else "try_iban")
    return fill("trials", title=title, hint=view.say("try_hint"), links=joined(links))
