"""The form of a closure: it says what would be cancelled before it is."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from catalog.models import Closure
from catalog.services.closures import ClosureEffect, effect_of


class ClosureForm(WagtailAdminModelForm):
    """Asks to confirm when families have booked, with how many places."""

    today: date  # Given by the view.

    confirmed = forms.BooleanField(
        label=gettext_lazy("Cancel what is booked on these days"),
        required=False,
        help_text=gettext_lazy(
            "Families are told in one message. They do not pay for these days."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Name what the closure cancels, once its days are known."""
        data: dict[str, Any] = super().clean()
        first, until = data.get("from_on"), data.get("until_on")
        if not first or not until or until <= first:
            return data
        effect = effect_of(self._closure(data), today=self.today)
        if effect.places and not data.get("confirmed"):
            self.add_error("confirmed", _say(effect))
        return data

    def _closure(self, data: dict[str, Any]) -> Closure:
        return Closure(
            service=data.get("service"),
            from_on=data["from_on"],
            until_on=data["until_on"],
        )


def _say(effect: ClosureEffect) -> str:
    """Say how many sessions and places, and which courses are left to the clerk."""
    places = ngettext(
        "%(count)s booked place would be cancelled.",
        "%(count)s booked places would be cancelled.",
        effect.places,
    ) % {"count": effect.places}
    if not effect.partly:
        return places + " " + _("Tick to confirm.")
    names = ", ".join(
        sorted({each.name or str(each.activity) for each in effect.partly})
    )
    left = _("These courses also meet on other days and stay: %(names)s.")
    return f"{places} {left % {'names': names}} " + _("Tick to confirm.")
