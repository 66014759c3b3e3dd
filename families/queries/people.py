"""Reads of the adults on file."""

from families.models import Person

SHOWN = 5


def people_named(first_name: str, last_name: str) -> list[Person]:
    """Return adults of this very name, whatever the capitals, with their households."""
    return list(
        Person.objects.filter(
            first_name__iexact=first_name.strip(), last_name__iexact=last_name.strip()
        )
        .prefetch_related("guardianships__household")
        .order_by("id")[:SHOWN]
    )
