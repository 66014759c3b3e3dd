"""Aids of third parties that families of the demo have."""

from dataclasses import dataclass
from datetime import date

from billing.models import AidKind
from billing.services.granting import Granting, grant_aid
from families.models import Child, Household
from foundation.accounts.models import Account
from foundation.reading import Node


@dataclass(frozen=True, slots=True)
class Aided:
    """An aid granted for a child, between two days."""

    aid: str
    child: str
    from_on: date
    until_on: date
    reference: str


def read_aided(node: Node) -> Aided:
    """Read one aid."""
    aided = Aided(
        node.text("aid"),
        node.text("child"),
        node.day("from") or date.min,
        node.day("until") or date.min,
        node.text("reference", required=False),
    )
    node.close()
    return aided


def grant(aided: Aided, *, child: Child, household: Household, clerk: Account) -> None:
    """Grant an aid, as a clerk does with the letter of the payer."""
    granting = Granting(
        AidKind.objects.get(code=aided.aid),
        child,
        aided.from_on,
        aided.until_on,
        reference=aided.reference,
    )
    grant_aid(household=household, granting=granting, actor=clerk)
