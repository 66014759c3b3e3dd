"""One line of prices: for whom, and how it is found."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.pasted import (
    read_bands,
    read_points,
    read_rates,
    write_bands,
    write_points,
    write_rates,
)
from catalog.domain.tariff_sheet import KEPT, Line
from catalog.enums import Variant
from catalog.forms.tariffs.fields import GridField, LooseDecimalField, choices_with
from catalog.forms.tariffs.kept import KeptForm
from catalog.forms.tariffs.when import WhenForm
from catalog.services.price_names import NAMES

METHODS = [
    ("fixed", _("One price")),
    ("quotient_bands", _("Bands of quotient")),
    ("linear", _("A straight line between quotients")),
    ("effort_rate", _("Effort rate: a percentage of the quotient")),
    ("effort_bands", _("Effort rate by band of quotient")),
    ("bands", _("Bands of duration, or of days a week")),
    ("session_amount", _("The price that the session carries")),
]
COLUMNS = [("", _("One price for every child"))] + [
    (key, NAMES[key])
    for key in ("child_rank", "children_registered", "children_present", "present_rank")
]
OF = [(key, NAMES[key]) for key in ("minutes", "days_a_week")]


class LineForm(KeptForm, WhenForm):
    """A price: for whom, and how it is found."""

    label = forms.CharField(
        label=_("Name shown"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty: the boxes below make it."),
    )
    variant = forms.ChoiceField(label=_("Special case"), required=False)
    situations = forms.MultipleChoiceField(
        label=_("In these situations only"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    method = forms.ChoiceField(
        label=_("How the price is found"),
        choices=METHODS,
        initial="fixed",
        widget=forms.Select(attrs={"data-bo-choice": True}),
    )
    amount = LooseDecimalField(label=_("Price"), required=False, is_price=True)
    of = forms.ChoiceField(
        label=_("Bands of"), choices=OF, initial="minutes", required=False
    )
    columns = forms.ChoiceField(
        label=_("Prices side by side for"), choices=COLUMNS, required=False
    )
    bands = GridField(
        label=_("Bands"),
        read=read_bands,
        write=write_bands,
        required=False,
        help_text=_(
            "One band a line: from; until; price. Paste it from a spreadsheet. The "
            "first bound is included, the second is not. Leave the last one open."
        ),
    )
    rates = GridField(
        label=_("Bands and rates"),
        read=read_rates,
        write=write_rates,
        required=False,
        help_text=_(
            "One band a line: from; until; percentage; lowest price; highest price."
        ),
    )
    points = GridField(
        label=_("Quotients and prices"),
        read=read_points,
        write=write_points,
        required=False,
        help_text=_("One quotient a line, with its price: two lines at least."),
    )
    otherwise = LooseDecimalField(
        label=_("Price of a session that carries none"), required=False, is_price=True
    )
    rate = LooseDecimalField(label=_("Percentage of the quotient"), required=False)
    floor = LooseDecimalField(label=_("Lowest price"), required=False, is_price=True)
    ceiling = LooseDecimalField(label=_("Highest price"), required=False, is_price=True)
    without_quotient = forms.ChoiceField(
        label=_("Family without a quotient"),
        required=False,
        choices=[("", _("Pays the highest price")), ("refuse", _("Has no price yet"))],
    )

    def __init__(
        self,
        *args: Any,
        situations: list[tuple[str, str]] | None = None,
        variants: list[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if self.is_kept:
            self._offer("method", [(KEPT, _("Kept as it is written"))])
        offered = [("", _("No special case")), *Variant.choices]
        self._offer("variant", choices_with(offered, variants or []))
        if situations:
            self._offer("situations", situations)
        else:
            del self.fields["situations"]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask for what the method needs, beside its own field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.has_changed():
            return data
        needed = {
            "fixed": ("amount", _("Write the price.")),
            "quotient_bands": ("bands", _("Write at least one band.")),
            "bands": ("bands", _("Write at least one band.")),
            "effort_rate": ("rate", _("Write the percentage.")),
            "effort_bands": ("rates", _("Write at least one band.")),
            "linear": ("points", _("Write at least two quotients.")),
        }
        name, message = needed.get(data.get("method", ""), ("", ""))
        if name and name not in self.errors and not data.get(name):
            self.add_error(name, message)
        return data

    def line(self) -> Line:
        """Return the line that was filled in; call it on a sound form."""
        data = self.cleaned_data
        if self.is_kept:
            return Line(KEPT, data["code"], kept=data["kept"])
        grids: dict[str, Any] = {
            name: data[name].bands if data.get(name) else ()
            for name in ("bands", "rates", "points")
        }
        texts = ("rate", "floor", "ceiling", "otherwise", "columns", "of", "amount")
        return Line(
            method=data["method"],
            code=data["code"],
            label=data["label"].strip(),
            situations=tuple(data.get("situations", ())),
            variant=data["variant"],
            without_quotient=data["without_quotient"],
            **self.conditions(),
            **grids,
            **{name: data[name] for name in texts},
        )
