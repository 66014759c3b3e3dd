"""A deadline as a form: which rule, which numbers, which hour; never raw data."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.deadlines import parse_deadline
from foundation.problems import ConfigurationError, explain
from foundation.reading import WEEKDAYS

NAMES = dict(
    zip(
        WEEKDAYS,
        (
            _("Monday"),
            _("Tuesday"),
            _("Wednesday"),
            _("Thursday"),
            _("Friday"),
            _("Saturday"),
            _("Sunday"),
        ),
        strict=True,
    )
)
RULES = (
    ("none", _("No deadline")),
    ("days_before", _("So many days before")),
    ("working_days_before", _("So many working days before")),
    ("weekday_before", _("A day of the week before, chosen day by day")),
    ("weekday_of_previous_week", _("A day of an earlier week")),
    ("day_of_previous_month", _("A day of an earlier month")),
)
WEEKDAY_CHOICES = [("", "–"), *NAMES.items()]  # noqa: RUF001 - a dash for "none".
# Which boxes each rule uses; the others are hidden, and ignored when they are sent.
PARTS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "days_before": ("days", "at"),
    "working_days_before": ("days", "at"),
    "weekday_before": ("mapping", "at"),
    "weekday_of_previous_week": ("weekday", "weeks", "at"),
    "day_of_previous_month": ("day", "months", "at"),
}
NUMBERS = ("days", "weeks", "day", "months")
LABELS = {
    "days": _("days"),
    "weekday": _("day"),
    "weeks": _("weeks before"),
    "day": _("day of the month"),
    "months": _("months before"),
    "at": _("hour"),
}

Data = dict[str, Any]


class DeadlineWidget(forms.Widget):
    """Selects and boxes, grouped; a script hides those that the rule does not use."""

    template_name = "backoffice/widgets/deadline.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Give the template its boxes, filled."""
        context = super().get_context(name, value, attrs)
        data: Data = value if isinstance(value, dict) else {"rule": "none"}
        prefix = str(context["widget"]["attrs"].get("id") or name)
        context["widget"] |= {
            "rule": data.get("rule", "none"),
            "rules": RULES,
            "boxes": [self._box(part, prefix, name, data) for part in LABELS],
            "mapping": self._mapping(prefix, name, data),
            "mapping_rules": _rules_with("mapping"),
            "weekdays": WEEKDAY_CHOICES,
            "prefix": prefix,
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Data:  # noqa: ARG002 - Django's signature.
        """Gather what was sent for the rule chosen; numbers stay texts for now."""
        rule = data.get(f"{name}-rule") or "none"
        found: Data = {"rule": rule}
        for part in PARTS.get(rule, ()):
            if part == "mapping":
                days = {each: data.get(f"{name}-on-{each}") for each in WEEKDAYS}
                found["days"] = {day: limit for day, limit in days.items() if limit}
            elif value := (data.get(f"{name}-{part}") or "").strip():
                found[part] = value
        return found

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002 - Django's signature.
        """Tell whether the form was sent without the deadline."""
        return f"{name}-rule" not in data

    def id_for_label(self, id_: str) -> str:
        """Lead the label to the choice of the rule."""
        return f"{id_}-rule" if id_ else id_

    @staticmethod
    def _box(part: str, prefix: str, name: str, data: Data) -> dict[str, Any]:
        value = data.get(part, "")
        kind = "weekday" if part == "weekday" else "number"
        return {
            "id": f"{prefix}-{part}",
            "name": f"{name}-{part}",
            "label": LABELS[part],
            "kind": "time" if part == "at" else kind,
            "rules": _rules_with(part),
            "value": "" if isinstance(value, dict) else value,
        }

    @staticmethod
    def _mapping(prefix: str, name: str, data: Data) -> list[dict[str, Any]]:
        kept = data.get("days")
        limits = kept if isinstance(kept, dict) else {}
        return [
            {
                "id": f"{prefix}-on-{day}",
                "name": f"{name}-on-{day}",
                "label": label,
                "value": limits.get(day, ""),
            }
            for day, label in NAMES.items()
        ]


class DeadlineField(forms.Field):
    """A deadline in the vocabulary of docs/algorithms/deadlines.md."""

    widget = DeadlineWidget

    def clean(self, value: Any) -> Data:
        """Return plain data that the rules of the catalogue accept."""
        data = _with_numbers(value or {"rule": "none"})
        try:
            parse_deadline(data)
        except ConfigurationError as error:
            raise forms.ValidationError(
                [_sentence(each.path, explain(each)) for each in error.problems]
            ) from error
        return data

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what the rule means, not how its numbers were typed."""
        return bool(_with_numbers(data or {}) != initial)


def _with_numbers(data: Data) -> Data:
    return {
        key: int(value)
        if key in NUMBERS and isinstance(value, str) and value.isdecimal()
        else value
        for key, value in data.items()
    }


def _sentence(path: str, reason: str) -> str:
    label = LABELS.get(path.partition(".")[0])
    return f"{str(label).capitalize()}: {reason}" if label else reason


def _rules_with(part: str) -> str:
    return " ".join(rule for rule, parts in PARTS.items() if part in parts)
