"""A family's file as one page: its own sections, then those of other applications."""

from datetime import date
from typing import cast

from families.domain.staff_file import FamilyFile, FilePart
from families.models import Child, Household
from families.signals import file_shown
from foundation.accounts.models import Account
from tenants.townhall.queries import scope_of


def family_file(
    *, household: Household, children: list[Child], account: Account, today: date
) -> FamilyFile:
    """Gather what a clerk may see of a household, from every application."""
    answers = file_shown.send(
        sender=Household,
        household=household,
        children=children,
        account=account,
        scope=scope_of(account),
        today=today,
    )
    # The stubs believe that every receiver answers a text.
    parts = cast("list[FilePart | None]", [part for _receiver, part in answers])
    return FamilyFile.of([part for part in parts if part is not None])
