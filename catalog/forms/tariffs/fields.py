"""Numbers and grids as people type them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from django import forms
from django.utils.translation import get_language, gettext as _, ngettext

from catalog.domain.pasted import (
    MOST_LINES,
    PastedBands,
    UnclearNumberError,
    read_number,
    with_cents,
)
from foundation.problems import ConfigurationError, Problem, explain

DECIMAL_POINT = ("en",)
#: Characters of a grid: more is not a grid that a council voted.
LONGEST = 20_000
#: A person puts a few things right at a time.
MOST_SAID = 10
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


class RatesField(LooseDecimalField):
    """A percentage, or several with bars between: "0,36 / 0,30" for two children."""

    def to_python(self, value: Any) -> str:
        """Read each of them; raises ValidationError in words."""
        text = forms.CharField.to_python(self, value)
        rates = text.replace("%", "").split("/") if text else []
        return " / ".join(super(RatesField, self).to_python(each) for each in rates)


class GridField(forms.CharField):
    """A grid, one line each; its value is `PastedBands`, or None when it is empty."""

    widget = forms.Textarea(
        attrs={"rows": 9, "spellcheck": "false", "autocomplete": "off"}
    )

    def __init__(self, *, read: Reader, write: Writer, **kwargs: Any) -> None:
        # Blank lines count: messages name the lines that people see.
        super().__init__(strip=False, **kwargs)
        self.read, self.write = read, write

    def prepare_value(self, value: Any) -> Any:
        """Write what comes from a tariff as people type it."""
        if isinstance(value, list | tuple):
            return self.write(value, mark=decimal_mark())
        return value

    def to_python(self, value: Any) -> PastedBands | None:  # type: ignore[override] # A grid.
        """Read the grid; each error names its line."""
        text = super().to_python(value) or ""
        if not text.strip():
            return None
        if len(text) > LONGEST:
            too_long = Problem("", "too_many_bands", {"at_most": str(MOST_LINES)})
            raise forms.ValidationError(explain(too_long))
        try:
            return self.read(text)
        except ConfigurationError as error:
            raise forms.ValidationError(in_words(error.problems)) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the texts."""
        return (self.prepare_value(initial) or "").strip() != (data or "").strip()


def in_words(problems: Sequence[Problem]) -> list[str]:
    """Say the first problems of a grid, each with its line and its column."""
    said = []
    for each in problems[:MOST_SAID]:
        line, _point, column = each.path.partition(".")
        said.append(on_line(line, explain(each), column))
    more = len(problems) - MOST_SAID
    if more > 0:
        said.append(
            ngettext(
                "%(count)s more line cannot be read.",
                "%(count)s more lines cannot be read.",
                more,
            )
            % {"count": more}
        )
    return said


def on_line(line: int | str, reason: str, column: int | str = 0) -> str:
    """Say on which line of a grid something is wrong, and in which column."""
    place = {"line": line, "column": column, "reason": reason}
    if not line:
        return reason
    if not column:
        return _("Line %(line)s: %(reason)s") % place
    return _("Line %(line)s, column %(column)s: %(reason)s") % place


def choices_with(
    choices: list[tuple[str, Any]], known: Mapping[str, Any] | list[str]
) -> list[tuple[str, Any]]:
    """Add codes that only this tariff knows to the usual choices."""
    names = {value for value, _label in choices}
    return [*choices, *((code, code) for code in known if code not in names)]
