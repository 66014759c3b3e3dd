"""Numbers and grids as people type them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from django import forms
from django.utils.translation import get_language, gettext as _

from catalog.domain.pasted import (
    PastedBands,
    UnclearNumberError,
    read_number,
    with_cents,
)
from foundation.problems import ConfigurationError, Problem, explain

DECIMAL_POINT = ("en",)
Reader = Callable[[str], PastedBands]


class Writer(Protocol):
    """A way of writing a grid as it is typed."""

    def __call__(self, rows: Sequence[Mapping[str, Any]], /, *, mark: str) -> str:
        """Return the text, with the decimal sign given."""


def decimal_mark() -> str:
    """Return the decimal sign of the reader's language."""
    return "." if (get_language() or "en").startswith(DECIMAL_POINT) else ","


class LooseDecimalField(forms.CharField):
    """A number with a comma or a point, returned as a plain decimal text."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, *, is_price: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_price = is_price

    def prepare_value(self, value: Any) -> Any:
        """Show it with the decimal sign of the language."""
        return str(value or "").replace(".", decimal_mark()) if value else value

    def to_python(self, value: Any) -> str:
        """Read it; raises ValidationError in words."""
        text = super().to_python(value)
        if not text:
            return ""
        try:
            number = read_number(text)
        except UnclearNumberError as error:
            problem = Problem("", error.reason, {"text": error.text})
            raise forms.ValidationError(explain(problem)) from error
        return with_cents(number) if self.is_price else number


class GridField(forms.CharField):
    """A grid, one line each; its value is `PastedBands`, or None when it is empty."""

    widget = forms.Textarea(
        attrs={"rows": 9, "spellcheck": "false", "autocomplete": "off"}
    )

    def __init__(self, *, read: Reader, write: Writer, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read, self.write = read, write

    def prepare_value(self, value: Any) -> Any:
        """Write what comes from a tariff as people type it."""
        if isinstance(value, list | tuple):
            return self.write(value, mark=decimal_mark())
        return value

    def to_python(self, value: Any) -> PastedBands | None:  # type: ignore[override] # A grid.
        """Read the grid; each error names its line."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return self.read(text)
        except ConfigurationError as error:
            raise forms.ValidationError(
                [on_line(each.path, explain(each)) for each in error.problems]
            ) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the texts."""
        return (self.prepare_value(initial) or "").strip() != (data or "").strip()


def on_line(number: int | str, reason: str) -> str:
    """Say on which line of a grid something is wrong."""
    return _("Line %(number)s: %(reason)s") % {"number": number, "reason": reason}


def choices_with(
    choices: list[tuple[str, Any]], known: Mapping[str, Any] | list[str]
) -> list[tuple[str, Any]]:
    """Add codes that only this tariff knows to the usual choices."""
    names = {value for value, _label in choices}
    return [*choices, *((code, code) for code in known if code not in names)]
