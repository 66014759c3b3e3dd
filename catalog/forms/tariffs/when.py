"""For whom and when: the boxes that a price and a supplement share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices import Booking, DayKind, Event, Regime
from catalog.enums import Variant
from catalog.forms.tariffs.fields import choices_with
from catalog.forms.tariffs.spans import SpansForm
from catalog.services.price_names import CODES, REASONS
from families.enums import Residence
from foundation.shapes import WEEKDAYS


def _boxes(fact: str, codes: list[str]) -> list[tuple[str, Any]]:
    return [(code, CODES[fact, code]) for code in codes]


CODES_OF_RESIDENCE = _boxes("residence", Residence.values)
BOOKINGS = [(each.value, REASONS["booking", each.value]) for each in Booking]
EVENTS = [
    (Event.PRESENCE.value, CODES["event", Event.PRESENCE]),
    (Event.LATE_PICKUP.value, REASONS["event", Event.LATE_PICKUP]),
]
NAMES = (
    "residences",
    "situations",
    "bookings",
    "events",
    "regimes",
    "period_kinds",
    "weekdays",
    "variants",
)
#: Groups that few prices need: they are folded away.
RARE = ("variants", "regimes", "period_kinds", "weekdays", "events")


def _ticks(label: Any, choices: list[tuple[str, Any]], help_text: Any = "") -> Any:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class WhenForm(SpansForm):
    """Nothing ticked in a group means everybody, or always."""

    residences = _ticks(
        _("For families who are"),
        CODES_OF_RESIDENCE,
        _("Tick nothing for everybody not priced above."),
    )
    situations = _ticks(_("In these situations only"), [])
    variants = _ticks(_("In these special cases only"), [])
    bookings = _ticks(_("When the family"), BOOKINGS)
    events = _ticks(
        _("What is charged"), EVENTS, _("Nothing ticked: a presence of the child.")
    )
    regimes = _ticks(
        _("Family allowances"), _boxes("regime", [each.value for each in Regime])
    )
    period_kinds = _ticks(
        _("Time of the year"), _boxes("period_kind", [each.value for each in DayKind])
    )
    weekdays = _ticks(_("Days of the week"), _boxes("weekday", list(WEEKDAYS)))

    def __init__(
        self,
        *args: Any,
        situations: list[tuple[str, str]] | None = None,
        variants: list[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("variants", choices_with(list(Variant.choices), variants or []))
        if situations:
            self._offer("situations", situations)
        else:
            del self.fields["situations"]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def conditions(self) -> dict[str, Any]:
        """Return what was filled in, by the names of the sheet."""
        data = self.cleaned_data
        ticked = {name: tuple(data.get(name, ())) for name in NAMES}
        return {**ticked, "spans": data["spans"]}

    @property
    def is_narrow(self) -> bool:
        """Whether one of the rarer conditions is there: they are then shown open."""
        return self.has_spans or any(self[name].value() for name in RARE)
