"""One line of prices: for whom, and how it is found."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from catalog.domain.pasted import (
    read_amounts,
    read_bands,
    read_codes,
    read_points,
    read_rates,
    write_amounts,
    write_bands,
    write_codes,
    write_points,
    write_rates,
)
from catalog.domain.tariff_sheet import KEPT, Line
from catalog.forms.tariffs.counting import CountForm, SharesForm
from catalog.forms.tariffs.fields import GridField, LooseDecimalField, RatesField
from catalog.forms.tariffs.kept import KeptForm
from catalog.forms.tariffs.tables import TABLES_BY, codes_of_names, names_of_codes
from catalog.forms.tariffs.when import WhenForm
from catalog.services.price_names import NAMES
from catalog.services.rule_wording import capital

METHODS = [
    ("fixed", gettext_lazy("One price")),
    ("quotient_bands", gettext_lazy("Bands of quotient")),
    ("linear", gettext_lazy("A straight line between quotients")),
    ("effort_rate", gettext_lazy("Effort rate: a percentage of the quotient")),
    ("effort_bands", gettext_lazy("Effort rate by band of quotient")),
    ("bands", gettext_lazy("Bands of something else: duration, days a week, hours...")),
    (
        "by_child",
        gettext_lazy("One price for the first child, another for the second..."),
    ),
    ("table", gettext_lazy("A price for each code: residence, day of the week...")),
    ("session_amount", gettext_lazy("The price that the session carries")),
]
BY_CHILD = ("child_rank", "children_registered", "children_present", "present_rank")
OF = (
    "minutes",
    "days_a_week",
    "quantity",
    "starts",
    "ends",
    "day",
    "child_rank",
    "children_registered",
    "present_rank",
    "children_present",
    "occurrence",
)
TEXTS = ("rate", "floor", "ceiling", "otherwise", "columns", "of", "amount", "by")
GRIDS = ("bands", "rates", "points", "amounts", "prices")


def _columns() -> list[tuple[str, str]]:
    return [("", _("One price for every child")), *_named(BY_CHILD)]


def _of() -> list[tuple[str, str]]:
    return _named(OF)


def _named(facts: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(fact, capital(str(NAMES[fact]))) for fact in facts]


class LineForm(KeptForm, CountForm, SharesForm, WhenForm):
    """A price: for whom, and how it is found."""

    label = forms.CharField(
        label=gettext_lazy("Name shown"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Leave it empty: the boxes below make it."),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("How the price is found"),
        choices=METHODS,
        initial="fixed",
        widget=forms.Select(attrs={"data-bo-choice": True}),
    )
    amount = LooseDecimalField(
        label=gettext_lazy("Price"), required=False, is_price=True
    )
    of = forms.ChoiceField(
        label=gettext_lazy("Bands of"), choices=_of, initial="minutes", required=False
    )
    columns = forms.ChoiceField(
        label=gettext_lazy("Prices side by side for"), choices=_columns, required=False
    )
    amounts = GridField(
        label=gettext_lazy("Prices"),
        read=read_amounts,
        write=write_amounts,
        required=False,
        help_text=gettext_lazy(
            "One price a line: the first child, the second... The last is for more."
        ),
    )
    bands = GridField(
        label=gettext_lazy("Bands"),
        read=read_bands,
        write=write_bands,
        required=False,
        help_text=gettext_lazy(
            "One band a line: from; until; price. Paste it from a spreadsheet. The "
            "first bound is included, the second is not. Leave the last one open. "
            "With prices side by side, add a column for each child."
        ),
    )
    rates = GridField(
        label=gettext_lazy("Bands and rates"),
        read=read_rates,
        write=write_rates,
        required=False,
        help_text=gettext_lazy(
            "One band a line: from; until; percentage; lowest price; highest price. "
            "Side by side, write the percentages with a bar: 0.30 / 0.25."
        ),
    )
    points = GridField(
        label=gettext_lazy("Quotients and prices"),
        read=read_points,
        write=write_points,
        required=False,
        help_text=gettext_lazy(
            "One quotient a line, with its price: two lines at least."
        ),
    )
    by = forms.ChoiceField(
        label=gettext_lazy("A price for each"),
        choices=TABLES_BY,
        initial="residence",
        required=False,
    )
    prices = GridField(
        label=gettext_lazy("For whom, and the price"),
        read=partial(read_codes, names={}),
        write=partial(write_codes, names={}),
        required=False,
        help_text=gettext_lazy(
            "One line each: the name of the box or its code, then the price. What is "
            "not written has no price."
        ),
    )
    otherwise = LooseDecimalField(
        label=gettext_lazy("Price of a session that carries none"),
        required=False,
        is_price=True,
    )
    rate = RatesField(
        label=gettext_lazy("Percentage of the quotient"),
        required=False,
        help_text=gettext_lazy(
            "Side by side, write one for each child with a bar: 0.36 / 0.30."
        ),
    )
    floor = LooseDecimalField(
        label=gettext_lazy("Lowest price"), required=False, is_price=True
    )
    ceiling = LooseDecimalField(
        label=gettext_lazy("Highest price"), required=False, is_price=True
    )
    without_quotient = forms.ChoiceField(
        label=gettext_lazy("Family without a quotient"),
        required=False,
        choices=[
            ("", gettext_lazy("Pays the highest price")),
            ("refuse", gettext_lazy("Has no price yet")),
        ],
    )

    def __init__(
        self,
        *args: Any,
        situations: list[tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, situations=situations, **kwargs)
        if self.is_kept:
            self._offer("method", [(KEPT, _("Kept as it is written"))])
        self._name_codes(situations)
        bands = self.fields["bands"]
        if self["method"].value() == "bands" and isinstance(bands, GridField):
            of = str(self["of"].value() or "minutes")
            bands.read = partial(read_bands, of=of)
            bands.write = partial(write_bands, of=of)

    def _name_codes(self, situations: list[tuple[str, str]] | None) -> None:
        """Read and write a table with the names of what it is by."""
        by = str(self["by"].value() or "residence")
        names = names_of_codes(by, situations or ())
        prices = self.fields["prices"]
        if isinstance(prices, GridField):
            prices.read = partial(read_codes, names=codes_of_names(names))
            prices.write = partial(write_codes, names=names)

    def clean(self) -> dict[str, Any]:
        """Ask for what the method needs, beside its own field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.has_changed():
            return data
        needed = {
            "fixed": ("amount", gettext_lazy("Write the price.")),
            "quotient_bands": ("bands", gettext_lazy("Write at least one band.")),
            "bands": ("bands", gettext_lazy("Write at least one band.")),
            "effort_rate": ("rate", gettext_lazy("Write the percentage.")),
            "effort_bands": ("rates", gettext_lazy("Write at least one band.")),
            "linear": ("points", gettext_lazy("Write at least two quotients.")),
            "by_child": ("amounts", gettext_lazy("Write the price of each child.")),
            "table": ("prices", gettext_lazy("Write at least one price.")),
        }
        name, message = needed.get(data.get("method", ""), ("", ""))
        if name and name not in self.errors and not data.get(name):
            self.add_error(name, message)
        if data.get("method") == "by_child" and not data.get("columns"):
            self.add_error("columns", _("Choose how the children are counted."))
        return data

    def line(self) -> Line:
        """Return the line that was filled in; call it on a sound form."""
        data = self.cleaned_data
        if self.is_kept:
            return Line(KEPT, data["code"], kept=data["kept"])
        grids: dict[str, Any] = {
            name: data[name].bands if data[name] else () for name in GRIDS
        }
        amounts = [each["amounts"] for each in grids.pop("amounts")]
        return Line(
            method=data["method"],
            code=data["code"],
            label=data["label"].strip(),
            without_quotient=data["without_quotient"],
            amounts=tuple(amounts[0]) if amounts else (),
            split=self.shares(),
            count=self.count(),
            **self.conditions(),
            **grids,
            **{name: data[name] for name in TEXTS},
        )

    def grid_of(self, key: str) -> str:
        """Return the field that holds a key of the rule: bands may be rates here."""
        is_rates = key == "bands" and self.cleaned_data.get("method") == "effort_bands"
        is_table = key == "amounts" and self.cleaned_data.get("method") == "table"
        name = "rates" if is_rates else "prices" if is_table else key
        return name if name in GRIDS and self.cleaned_data.get(name) else ""
