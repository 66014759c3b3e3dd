"""The parts of the payment form: ways to pay, fields, and numbers to try."""

from infra.simulator.payment_form import Errors, Typed, fields_of
from infra.simulator.templating import Html, fill, joined
from infra.simulator.view import View

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


def prefilled(view: View, trial: str | None) -> Typed:
    """Return the form as a trial link of the page fills it."""
    for kind, numbers in TRIALS.items():
        if trial in numbers and kind in view.methods:
            base = CARD if kind == "card" else HOLDER
            return base | {MAIN_FIELD[kind]: numbers[trial]}
    return {}


def methods(view: View, kind: str) -> Html:
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


def fields(view: View, kind: str, typed: Typed, errors: Errors) -> Html:
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


def notice(view: View, kind: str) -> Html:
    if kind != "sepa_debit":
        return Html("")
    return fill("notice", text=view.say("mandate"))


def trials(view: View, kind: str) -> Html:
    links = [
        fill(
            "trial",
            address=f"{view.address}?by={kind}&try={trial}",
            number=number,
            label=view.say(f"try_{trial}"),
        )
        for trial, number in TRIALS[kind].items()
    ]
    title = "try" if kind == "card" else "try_iban"
    hint = view.say(f"{title}_hint")
    return fill("trials", title=view.say(title), hint=hint, links=joined(links))
