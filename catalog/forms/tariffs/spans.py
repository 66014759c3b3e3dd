"""Conditions between two bounds: durations, hours, days, ranks, quotients."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from catalog.domain.pasted import UnclearNumberError, read_bound, write_bound
from catalog.domain.tariff_sheet import SPANS
from catalog.forms.tariffs.fields import decimal_mark
from catalog.services.price_names import NAMES
from catalog.services.rule_wording import capital
from foundation.problems import Problem, explain

#: Rows that are offered; a price that has more conditions gets more rows.
ROWS = 3


def _facts() -> list[tuple[str, str]]:
    named = [(fact, capital(str(NAMES[fact]))) for fact in SPANS]
    return [("", _("Nothing more")), *named]


class SpansForm(forms.Form):
    """Rows of a fact, a first value and the first value after."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(self.initial.get("spans", ()))
        self.rows = max(ROWS, len(known))
        for row in range(self.rows):
            self._add_row(row, known[row] if row < len(known) else {})

    def span_rows(self) -> Iterator[tuple[Any, Any, Any]]:
        """Give the fields of each row, for the page."""
        for row in range(self.rows):
            fact, start, until = _names(row)
            yield self[fact], self[start], self[until]

    def row_of(self, fact: str) -> str:
        """Return the name of the field that chose a fact, empty when none did."""
        names = (_names(row)[0] for row in range(self.rows))
        return next((name for name in names if self[name].value() == fact), "")

    @property
    def has_spans(self) -> bool:
        """Whether a row is filled in, or wrong."""
        return any(self[_names(row)[0]].value() for row in range(self.rows)) or any(
            name.startswith("span_") for name in self.errors
        )

    def clean(self) -> dict[str, Any]:
        """Read the bounds of each row; what is wrong is said beside it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["spans"] = tuple(
            span for row in range(self.rows) if (span := self._read_row(row, data))
        )
        return data

    def _add_row(self, row: int, span: Mapping[str, Any]) -> None:
        fact, start, until = _names(row)
        chosen = str(span.get("fact", ""))
        self.fields[fact] = forms.ChoiceField(
            label=gettext_lazy("Condition on"),
            choices=_facts,
            required=False,
            initial=chosen,
        )
        for name, label, key in (
            (start, gettext_lazy("From (included)"), "from"),
            (until, gettext_lazy("Until (not included)"), "until"),
        ):
            shown = write_bound(chosen, span.get(key, ""))
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=20,
                initial=shown.replace(".", decimal_mark()),
            )

    def _read_row(self, row: int, data: Mapping[str, Any]) -> dict[str, Any] | None:
        fact, *bounds = _names(row)
        chosen = data.get(fact, "")
        typed = {
            key: data.get(name, "")
            for key, name in zip(("from", "until"), bounds, strict=True)
        }
        if not chosen:
            if any(typed.values()):
                self.add_error(fact, _("Choose what these bounds are about."))
            return None
        if not any(typed.values()):
            self.add_error(bounds[0], _("Write at least one of the two bounds."))
            return None
        span = {"fact": chosen}
        for (key, text), name in zip(typed.items(), bounds, strict=True):
            try:
                span |= {key: read_bound(chosen, text)} if text else {}
            except UnclearNumberError as error:
                problem = Problem("", error.reason, {"text": error.text})
                self.add_error(name, explain(problem))
        return span


def _names(row: int) -> tuple[str, str, str]:
    return f"span_{row}_fact", f"span_{row}_from", f"span_{row}_until"
