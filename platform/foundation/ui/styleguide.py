"""What the living style guide shows: an invented family in an invented town."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator

from foundation.money import Money
from foundation.periods import Period
from foundation.ui.forms import BirthDateField
from foundation.ui.widgets import AmountInput, DocumentInput, HintedLabel

RHYTHMS = [
    ("week", HintedLabel("Every week", "The same days until the summer holidays.")),
    ("other", HintedLabel("One week in two", "Weeks with an even number.")),
    ("free", HintedLabel("Day by day", "You choose each month.")),
]
MEALS = [("std", "Everything"), ("veg", "Without meat"), ("none", "Own lunch box")]
STATES = [
    ("free", "plus", "Free", "3.45 €"),
    ("booked", "check", "Booked", "until Thu 3, 12:00"),
    ("requested", "clock", "Requested", "answer by Fri 4"),
    ("full", "waiting", "Full", "waiting list"),
    ("closed", "closed", "Closed", "no canteen"),
    ("holiday", "holiday", "Holiday", "All Saints' Day"),
    ("late", "lock", "Too late", "closed Mon 31, 12:00"),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label="First name",
        help_text="As on the family record book.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born_on = BirthDateField(label="Date of birth", help_text="For example, 27 3 2016.")
    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    password = forms.CharField(
        label="Password",
        help_text="Ten characters or more.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    school = forms.ChoiceField(
        label="School", choices=[("", "Choose a school"), ("1", "Jean Jaurès")]
    )
    rhythm = forms.ChoiceField(
        label="How often will Lina eat there?",
        choices=RHYTHMS,
        widget=forms.RadioSelect,
    )
    meal = forms.ChoiceField(
        label="Meals",
        choices=MEALS,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    days = forms.MultipleChoiceField(
        label="Which days?",
        choices=[("1", "Monday"), ("2", "Tuesday"), ("4", "Thursday")],
        widget=forms.CheckboxSelectMultiple,
    )
    income = forms.DecimalField(
        label="Family quotient", required=False, widget=AmountInput(suffix="€")
    )
    proof = forms.FileField(
        label="Proof of address",
        help_text="A photo or a PDF, less than 3 months old.",
        widget=DocumentInput(),
    )
    notes = forms.CharField(
        label="Anything we should know?", required=False, widget=forms.Textarea
    )
    agrees = forms.BooleanField(
        label="I have read the canteen's rules", help_text="Two pages, in plain words."
    )


def context() -> dict[str, Any]:
    """Return what `styleguide.html` draws."""
    wrong = {"name": "", "born_on_day": "31", "born_on_month": "2", "email": "lina@"}
    return {
        "sample": SampleForm(
            auto_id="ok_%s", initial={"rhythm": "week", "meal": "std"}
        ),
        "wrong": SampleForm(wrong, auto_id="bad_%s"),
        "tones": ["neutral", "info", "success", "warning", "danger", "pending"],
        "summary": summary(),
        "tasks": tasks(),
        "invoices": invoices(),
        "invoice_head": ["Invoice", "Month", "State", {"text": "Total", "numeric": 1}],
        "events": events(),
        "page": Paginator(range(100), 10).page(4),
        "crumbs": [{"text": "Home", "href": "#"}, {"text": "My children"}],
        "weeks": weeks(),
        "total": Money(8280, "EUR"),
        "day": date(2026, 9, 3),
        "period": Period(date(2026, 9, 1), date(2026, 9, 15)),
    }


def summary() -> list[dict[str, Any]]:
    """Return the rows of a child's file, one of them waiting for the town."""
    change = [{"href": "#", "text": "Change"}]
    return [
        {"key": "First name", "value": "Lina", "actions": change},
        {"key": "School", "value": "Jean Jaurès, year 3", "actions": change},
        {
            "key": "Address",
            "value": "4 rue des Tilleuls",
            "pending": "12 allée du Lac",
            "actions": change,
        },
        {"key": "Doctor", "value": "", "actions": change},
    ]


def tasks() -> list[dict[str, str]]:
    """Return the four tasks of a family's file."""
    done = {"status": "Done", "tone": "success", "href": "#"}
    return [
        {"title": "Your details", **done},
        {"title": "Your children", "hint": "Lina and Sacha", **done},
        {
            "title": "Proofs",
            "hint": "Proof of address, family quotient",
            "href": "#",
            "status": "1 of 2",
            "tone": "warning",
        },
        {"title": "First booking", "status": "Not yet", "tone": "neutral"},
    ]


def invoices() -> list[list[Any]]:
    """Return the lines of a table of invoices."""
    lines = [
        ("2026-0412", "September 2026", "To pay", "warning", "82.80 €"),
        ("2026-0377", "August 2026", "Paid", "success", "41.40 €"),
        ("2026-0318", "July 2026", "Refused", "danger", "126.15 €"),
    ]
    return [
        [
            {"text": number, "href": "#"},
            {"text": month, "label": "Month"},
            {"text": state, "tone": tone, "label": "State"},
            {"text": total, "numeric": True, "label": "Total"},
        ]
        for number, month, state, tone, total in lines
    ]


def events() -> list[dict[str, str]]:
    """Return a short history, newest first."""
    return [
        {
            "text": "Proof approved",
            "by": "Town hall",
            "icon": "check",
            "tone": "success",
        },
        {
            "text": "Proof received",
            "by": "Camille R.",
            "icon": "upload",
            "tone": "info",
        },
        {"text": "File opened", "by": "Camille R."},
    ]


def weeks() -> list[dict[str, Any]]:
    """Return two weeks of a month grid, with every state."""
    names = ["Mon", "Tue", "Wed", "Thu", "Fri"]
    grid = []
    for week in range(2):
        days = []
        for index, name in enumerate(names):
            number = week * 7 + index + 1
            state, icon, word, note = STATES[(week * 5 + index) % len(STATES)]
            days.append(
                {
                    "name": name,
                    "number": number,
                    "state": state,
                    "icon": icon,
                    "word": word,
                    "note": note,
                    "open": state in {"free", "booked", "requested", "full"},
                    "ticked": state in {"booked", "requested"},
                }
            )
        grid.append({"number": 36 + week, "days": days})
    return grid
