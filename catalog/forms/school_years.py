"""Which official school year to add to the calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from catalog.domain.school_calendars import ZONES, school_years
from tenants.enums import Locale

ZONE_NAMES = {
    "A": _("Zone A: Besançon, Bordeaux, Clermont, Dijon, Grenoble, Limoges, Lyon..."),
    "B": _("Zone B: Aix-Marseille, Lille, Nantes, Nice, Rennes, Strasbourg..."),
    "C": _("Zone C: Créteil, Montpellier, Paris, Toulouse, Versailles"),
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


def usual_of(locale: str) -> dict[str, str]:
    """Return what a town of a language chooses: a Québec town is in no French zone."""
    if locale == Locale.CANADIAN_FRENCH:
        return {"zone": "QC", "place": "CA-QC"}
    return {"place": "FR"}
