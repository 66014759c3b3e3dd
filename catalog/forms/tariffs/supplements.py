"""One supplement or reduction: when, and by how much."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.tariff_sheet import KEPT, Supplement
from catalog.forms.tariffs.fields import LooseDecimalField
from catalog.forms.tariffs.kept import KeptForm
from catalog.forms.tariffs.when import WhenForm

EFFECTS = (
    ("add", _("Add an amount")),
    ("take", _("Take an amount away")),
    ("add_percent", _("Add a percentage")),
    ("take_percent", _("Take a percentage away")),
    ("replace", _("Charge this price instead")),
    ("band_below", _("Charge so many bands below")),
    ("limit", _("Keep the price between two limits")),
    ("free", _("Nothing to pay")),
)
#: What says enough without a number.
FREE = frozenset({"free", "limit", KEPT})


class SupplementForm(KeptForm, WhenForm):
    """What changes the price: when, and by how much."""

    label = forms.CharField(
        label=_("Name shown"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty: the boxes below make it."),
    )
    child_rank = forms.IntegerField(
        label=_("From child number"), required=False, min_value=1, max_value=20
    )
    child_rank_last = forms.IntegerField(
        label=_("Up to child number"), required=False, min_value=1, max_value=20
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
    floor = LooseDecimalField(label=_("Lowest price"), required=False, is_price=True)
    ceiling = LooseDecimalField(label=_("Highest price"), required=False, is_price=True)
    per = forms.ChoiceField(
        label=_("Counted"),
        required=False,
        choices=[("", _("Once for the booking")), ("unit", _("For each unit"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_kept:
            self._offer("effect", [(KEPT, _("Kept as it is written"))])
        self.fields["residences"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Ask how much, unless it is free."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("effect") == "limit" and not (
            data.get("floor") or data.get("ceiling") or self.errors
        ):
            self.add_error("floor", _("Write at least one of the two limits."))
        if not self.has_changed() or data.get("effect") in FREE:
            return data
        if "value" not in self.errors and not data.get("value"):
            self.add_error("value", _("Write how much."))
        return data

    def supplement(self) -> Supplement:
        """Return what was filled in; call it on a sound form."""
        data = self.cleaned_data
        if self.is_kept:
            return Supplement(KEPT, code=data["code"], kept=data["kept"])
        last = data["child_rank_last"]
        counts = ("child_rank", "children_registered", "occurrence")
        return Supplement(
            effect=data["effect"],
            value=data["value"],
            code=data["code"],
            label=data["label"].strip(),
            floor=data["floor"],
            ceiling=data["ceiling"],
            child_rank_until=None if last is None else last + 1,
            per=data["per"],
            **self.conditions(),
            **{name: data[name] for name in counts},
        )
