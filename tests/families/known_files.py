"""Files that a town had before its families signed up, for the tests of linking."""

from datetime import date

from families.enums import GuardianRole
from families.models import Guardian, Household, Person
from families.services.children import ChildDetails, add_child
from tenants.townhall.models import LinkingMethod, TownSettings
from tenants.townhall.queries import forget_town_settings
from tests.families.builders import TODAY

BORN = date(1984, 3, 27)


def accept_methods(*methods: str, **settings: object) -> None:
    """Let the current town link accounts by some methods, or by all."""
    chosen = list(methods) or list(LinkingMethod.values)
    TownSettings.objects.update(linking_methods=chosen, **settings)
    forget_town_settings()


def known_file(number: str = "F-10000008", **changes: object) -> Guardian:
    """Return the adult of a file without account, with one child, Mathis."""
    household = Household.objects.create(
        file_number=number, street="301 rue Haute", postal_code="59223", city="Ici"
    )
    facts = {
        "first_name": "Luc",
        "last_name": "Bergeron",
        "birth_date": BORN,
        "email": "luc.bergeron@old.example",
    }
    person = Person.objects.create(**(facts | changes))
    details = ChildDetails("Mathis", "Bergeron", date(2017, 5, 22))
    add_child(household=household, details=details, today=TODAY, actor=None)
    return Guardian.objects.create(
        household=household, person=person, role=GuardianRole.RESPONSIBLE
    )


def add_adult(household: Household, **facts: object) -> Guardian:
    """Add a second adult to a file."""
    person = Person.objects.create(**facts)
    return Guardian.objects.create(
        household=household, person=person, role=GuardianRole.CO_RESPONSIBLE
    )
