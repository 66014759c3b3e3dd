"""Children to be born, for tests."""

from datetime import date

from families.models import Child, ChildMembership
from tests.families.builders import Family

EXPECTED_ON = date(2027, 3, 12)


def make_expected(
    family: Family, first_name: str = "", *, on: date = EXPECTED_ON
) -> Child:
    """Add a child to be born to a family, whatever the town's services take."""
    child = Child.objects.create(
        first_name=first_name, last_name="Martin", birth_date=on, is_expected=True
    )
    ChildMembership.objects.create(household=family.household, child=child)
    family.children.append(child)
    return child
