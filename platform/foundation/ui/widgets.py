"""Controls that Django does not have: dates in three boxes, amounts, photos."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy as _

#: What a family sends: a photo from the phone, or a PDF from an office.
DOCUMENT_TYPES = "image/jpeg,image/png,image/heic,image/webp,application/pdf"
PARTS = ("day", "month", "year")
# Marks what was typed when it is not a date, so that it comes back on the page.
_AS_TYPED = "~"


class DateFieldsInput(forms.Widget):
    """Day, month and year in three boxes, for a plain `DateField`.

    Best for a date known by heart. For a day to come, use a calendar instead.
    """

    template_name = "ui/controls/date_boxes.html"
    use_fieldset = True

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, own_birthday: bool = False
    ) -> None:
        """`own_birthday` lets the browser fill in the visitor's own date."""
        super().__init__(attrs)
        self.own_birthday = own_birthday

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}_day" if id_ else ""

    def format_value(self, value: Any) -> Any:
        return value

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        values = dict(zip(PARTS, _parts(value), strict=True))
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        given = context["widget"]["attrs"]
        shared = {key: given[key] for key in ("required", "disabled") if key in given}
        context["widget"]["parts"] = [
            {
                "id": f"{given.get('id', name)}_{part}",
                "name": f"{name}_{part}",
                "label": labels[part],
                "value": values[part],
                "width": 4 if part == "year" else 2,
                "autocomplete": f"bday-{part}" if self.own_birthday else "off",
                **shared,
            }
            for part in PARTS
        ]
        if get_language() == "fr-ca":
            # Québec writes the year first.
            context["widget"]["parts"].reverse()
        context["widget"]["in_error"] = given.get("aria-invalid") == "true"
        return context

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: Any,  # noqa: ARG002 - Django's signature.
        name: str,
    ) -> str | None:
        typed = [str(data.get(f"{name}_{part}") or "").strip() for part in PARTS]
        if not any(typed):
            return None
        return _iso(*typed) or _AS_TYPED + "~".join(typed)

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: Any,  # noqa: ARG002 - Django's signature.
        name: str,
    ) -> bool:
        return not any(f"{name}_{part}" in data for part in PARTS)


class DocumentInput(forms.ClearableFileInput):
    """A proof: the phone offers its camera, the computer takes a dropped file."""

    takes_photos = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": DOCUMENT_TYPES, **(attrs or {})})


class AmountInput(forms.TextInput):
    """A number with its unit beside it, typed on a phone's number pad."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        prefix: str | Promise = "",
        suffix: str | Promise = "",
    ) -> None:
        narrow = {"inputmode": "decimal", "class": "govuk-input--width-5"}
        super().__init__({**narrow, **(attrs or {})})
        self.prefix = prefix
        self.suffix = suffix


class HintedLabel:
    """A choice's label with a line of help under it."""

    def __init__(self, label: str | Promise, hint: str | Promise) -> None:
        self.label = label
        self.hint = hint

    def __str__(self) -> str:
        return str(self.label)


def _iso(day: str, month: str, year: str) -> str | None:
    """Return the date, or None: "16" for a year is a slip, not the year 16."""
    try:
        typed = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return typed.isoformat() if typed.year > 1000 else None


def _parts(value: Any) -> tuple[str, str, str]:
    """Return day, month and year as they are shown in the boxes."""
    if isinstance(value, date):
        return str(value.day), str(value.month), f"{value.year:04}"
    text = str(value or "")
    if text.startswith(_AS_TYPED):
        day, month, year = text[1:].split("~", 2)
        return day, month, year
    if text:
        return _parts(date.fromisoformat(text))
    return "", "", ""
