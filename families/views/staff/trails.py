"""The way back from a page about a family to its file."""

from django.urls import reverse
from django.utils.translation import gettext as _

from families.models import Household


def file_trail(household: Household) -> list[tuple[object, str]]:
    """Return the way back to a household's file, for the pages about it."""
    page = reverse("families_staff:file", args=[household.public_id])
    return [
        (_("Families"), reverse("families_staff:search")),
        (_("File %(number)s") % {"number": household.file_number}, page),
    ]
