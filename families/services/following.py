"""Which departments know a household."""

from datetime import date

from families.models import Following, Household
from tenants.townhall.models import Department


def note_following(
    *, household: Household, department: Department, today: date
) -> None:
    """Remember that a household asked for a service of a department.

    From then on the department's clerks see its file; noted once.
    """
    Following.objects.bulk_create(
        [Following(household=household, department=department, since_on=today)],
        ignore_conflicts=True,
    )
