"""How minutes make the quantity, and how a price is shared: the whole, or one line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices.counting import LONGEST
from catalog.domain.tariff_sheet import COUNTED_UNITS, COUNTED_WHOLE, PARTS, shares_of
from catalog.forms.tariffs.fields import LooseDecimalField


class CountForm(forms.Form):
    """Minutes counted; everything empty when they are not."""

    count_every = forms.IntegerField(
        label=_("Minutes of one unit"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=_("30 for half-hours. Leave it empty to charge what was booked."),
    )
    count_rounding = forms.ChoiceField(
        label=_("Counted"),
        required=False,
        choices=[
            ("", _("By units started")),
            ("completed", _("By units completed")),
            ("nearest", _("To the nearest unit")),
        ],
    )
    count_step = forms.IntegerField(
        label=_("By parts of so many minutes"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=_("15 counts hours by the quarter. Leave it empty for whole units."),
    )
    count_free = forms.IntegerField(
        label=_("First minutes, free"), required=False, min_value=0, max_value=LONGEST
    )
    count_tolerance = forms.IntegerField(
        label=_("Minutes over a unit that are not counted"),
        required=False,
        min_value=0,
        max_value=LONGEST,
    )
    count_at_least = LooseDecimalField(label=_("At least, in units"), required=False)
    count_at_most = LooseDecimalField(label=_("At most, in units"), required=False)

    @property
    def is_counted(self) -> bool:
        """Whether minutes are counted: the boxes are then shown open."""
        return bool(self["count_every"].value()) or any(
            name.startswith("count_") for name in self.errors
        )

    def count(self) -> dict[str, Any]:
        """Return how minutes are counted, nothing when they are not."""
        names = ("every", *COUNTED_WHOLE[1:], "rounding", *COUNTED_UNITS)
        filled = {name: self.cleaned_data[f"count_{name}"] for name in names}
        return {name: each for name, each in filled.items() if each not in (None, "")}


class SharesForm(forms.Form):
    """The shares of care, meal and other, for the tax slips of families."""

    care = LooseDecimalField(label=_("Care, in percent"), required=False)
    meal = LooseDecimalField(label=_("Meal, in percent"), required=False)
    other = LooseDecimalField(label=_("Other, in percent"), required=False)

    @property
    def is_shared(self) -> bool:
        """Whether a share is written: the boxes are then shown open."""
        return any(self[part].value() or part in self.errors for part in PARTS)

    def shares(self) -> dict[str, str]:
        """Return the shares filled in, without those of zero."""
        return shares_of({part: self.cleaned_data[part] for part in PARTS})
