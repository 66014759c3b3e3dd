"""One line of prices, and one supplement or reduction."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices.context import Booking
from catalog.domain.tariff_sheet import Line, Supplement
from catalog.enums import Variant
from catalog.forms.tariffs.fields import BandsField, LooseDecimalField, choices_with
from catalog.services.price_wording import CODES, REASONS
from families.enums import Residence

METHODS = (
    ("fixed", _("One price")),
    ("quotient_bands", _("Bands of quotient")),
    ("effort_rate", _("Effort rate: a percentage of the quotient")),
)
EFFECTS = (
    ("add", _("Add an amount")),
    ("take", _("Take an amount away")),
    ("add_percent", _("Add a percentage")),
    ("take_percent", _("Take a percentage away")),
    ("replace", _("Charge this price instead")),
    ("free", _("Nothing to pay")),
)
CODES_OF_RESIDENCE = [(each, CODES["residence", each]) for each in Residence.values]
ONLY = "data-bo-only"


class LineForm(forms.Form):
    """A price: for whom, and how it is found."""

    label = forms.CharField(
        label=_("Name shown"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty: the boxes below make it."),
    )
    residences = forms.MultipleChoiceField(
        label=_("For families who are"),
        choices=CODES_OF_RESIDENCE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing for everybody not priced above."),
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
    bands = BandsField(
        label=_("Bands"),
        required=False,
        help_text=_(
            "One band a line: from; until; price. Paste it from a spreadsheet. The "
            "first bound is included, the second is not. Leave the last one open."
        ),
    )
    rate = LooseDecimalField(label=_("Percentage of the quotient"), required=False)
    floor = LooseDecimalField(label=_("Lowest price"), required=False, is_price=True)
    ceiling = LooseDecimalField(label=_("Highest price"), required=False, is_price=True)
    without_quotient = forms.ChoiceField(
        label=_("Family without a quotient"),
        required=False,
        choices=[("", _("Pays the highest price")), ("refuse", _("Has no price yet"))],
    )
    code = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        situations: list[tuple[str, str]] | None = None,
        variants: list[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
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
            "effort_rate": ("rate", _("Write the percentage.")),
        }
        name, message = needed.get(data.get("method", ""), ("", ""))
        if name and name not in self.errors and not data.get(name):
            self.add_error(name, message)
        return data

    def line(self) -> Line:
        """Return the line that was filled in; call it on a sound form."""
        data = self.cleaned_data
        bands = data.get("bands")
        return Line(
            method=data["method"],
            code=data["code"],
            label=data["label"].strip(),
            residences=tuple(data["residences"]),
            situations=tuple(data.get("situations", ())),
            variant=data["variant"],
            amount=data["amount"],
            bands=bands.bands if bands else (),
            without_quotient=data["without_quotient"],
            rate=data["rate"],
            floor=data["floor"],
            ceiling=data["ceiling"],
        )


class SupplementForm(forms.Form):
    """What changes the price: when, and by how much."""

    label = forms.CharField(
        label=_("Name shown"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty: the boxes below make it."),
    )
    bookings = forms.MultipleChoiceField(
        label=_("When the family"),
        required=False,
        choices=[(each.value, REASONS["booking", each.value]) for each in Booking],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All the conditions filled in must hold together."),
    )
    residences = forms.MultipleChoiceField(
        label=_("For families who are"),
        choices=CODES_OF_RESIDENCE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    child_rank = forms.IntegerField(
        label=_("From child number"), required=False, min_value=1, max_value=20
    )
    children_registered = forms.IntegerField(
        label=_("From so many children registered"),
        required=False,
        min_value=1,
        max_value=20,
    )
    occurrence = forms.IntegerField(
        label=_("From the time number"), required=False, min_value=1, max_value=99
    )
    effect = forms.ChoiceField(
        label=_("What happens"),
        choices=EFFECTS,
        initial="add",
        widget=forms.Select(attrs={"data-bo-choice": True}),
    )
    value = LooseDecimalField(label=_("How much"), required=False)
    per = forms.ChoiceField(
        label=_("Counted"),
        required=False,
        choices=[("", _("Once for the booking")), ("unit", _("For each unit"))],
    )
    code = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask how much, unless it is free."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.has_changed() or data.get("effect") == "free":
            return data
        if "value" not in self.errors and not data.get("value"):
            self.add_error("value", _("Write how much."))
        return data

    def supplement(self) -> Supplement:
        """Return what was filled in; call it on a sound form."""
        data = self.cleaned_data
        return Supplement(
            effect=data["effect"],
            value=data["value"],
            code=data["code"],
            label=data["label"].strip(),
            bookings=tuple(data["bookings"]),
            residences=tuple(data["residences"]),
            child_rank=data["child_rank"],
            children_registered=data["children_registered"],
            occurrence=data["occurrence"],
            per=data["per"],
        )
