"""Separated parents: two households, one child."""

from families.models import Child
from families.services.households import Address
from families.services.shared_children import share
from tests.families.builders import Family, make_family

DADS = Address(
    street="18 quai de la Digue", postal_code="59223", city="Rochebelle", country="FR"
)


def separated(*names: str) -> tuple[Family, Family]:
    """Return the mother's household and the father's, sharing the first child."""
    mother = make_family("claire@example.com", *(names or ("Lina",)))
    father = make_family("paul@example.com", address=DADS)
    father.person.first_name = father.account.first_name = "Paul"
    father.person.save()
    father.account.save()
    share(child=mother.children[0], household=father.household, actor=mother.account)
    father.children = list(Child.objects.of(father.household))
    return mother, father
