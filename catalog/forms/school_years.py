"""Which official school year to add to the calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from catalog.domain.school_calendars import ZONES, periods_of, school_years
from tenants.enums import Locale

ZONE_NAMES = {
    "A": _("Zone A: Besançon, Bordeaux, Clermont, Dijon, Grenoble, Limoges, Lyon..."),
    "B": _("Zone B: Aix-Marseille, Lille, Nantes, Nice, Rennes, Strasbourg..."),
    "C": _("Zone C: Créteil, Montpellier, Paris, Toulouse, Versailles"),
    "CORSE": _("Corsica"),
    "QC": _("Québec: check the dates with your school service centre"),
}
PLACES = (
    ("", pgettext_lazy("public holidays", "None")),
    ("FR", _("France")),
    ("FR-67", _("France, Alsace-Moselle")),
    ("CA-QC", _("Québec")),
)
YEARS = sorted({year for zone in ZONES for year in school_years(zone)}, reverse=True)


class SchoolYearForm(forms.Form):
    """A zone, a year, and the public holidays that close the town."""

    zone = forms.ChoiceField(label=_("Zone"), choices=list(ZONE_NAMES.items()))
    year = forms.TypedChoiceField(
        label=_("School year"),
        coerce=int,
        choices=[(year, f"{year}-{year + 1}") for year in YEARS],
    )
    place = forms.ChoiceField(
        label=_("Public holidays"),
        choices=PLACES,
        required=False,
        help_text=_("Each becomes a day of closure of the town, with its name."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a year whose dates are not known for the zone."""
        data = super().clean() or self.cleaned_data
        zone, year = data.get("zone"), data.get("year")
        if zone and year and not periods_of(zone, year):
            known = ", ".join(f"{each}-{each + 1}" for each in school_years(zone))
            said = _(
                "We do not know the dates of this year for this zone, only those of "
                "%(known)s. Add the periods one by one."
            )
            self.add_error("year", said % {"known": known})
        return data


def usual_of(locale: str) -> dict[str, str]:
    """Return what a town of a language chooses: a Québec town is in no French zone."""
    if locale == Locale.CANADIAN_FRENCH:
        return {"zone": "QC", "place": "CA-QC"}
    return {"place": "FR"}
