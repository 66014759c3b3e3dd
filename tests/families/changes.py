"""Towns that check changes, and families that ask for some."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from families.domain.editable import Editable
from families.models import ChangeRequest, FileRules, ProposedValue
from families.services.change_decisions import Decision
from families.services.change_lines import review_line
from families.services.editables.household import address_value
from families.services.edits import EditOutcome, submit_edit
from foundation.accounts.models import Account
from tests.families.builders import HOME, Family

FRIDAY = datetime(2026, 11, 20, 14, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
NEXT_DOOR = replace(HOME, street="5 rue des Tilleuls")


def check_first(*parts: Editable) -> None:
    """Have the town check some parts of the files first."""
    FileRules.objects.update_or_create(id=1, defaults={"checked": list(parts)})


def rename(family: Family, name: str, *, now: datetime = FRIDAY) -> EditOutcome:
    """Ask for another first name of the eldest child."""
    return submit_edit(
        target=family.children[0],
        values={Editable.IDENTITY: {"first_name": name}},
        household=family.household,
        actor=family.account,
        now=now,
    )


def move_next_door(family: Family, *, now: datetime = FRIDAY) -> EditOutcome:
    """Ask for another number in the same street."""
    return submit_edit(
        target=family.household,
        values={Editable.ADDRESS: {"address": address_value(NEXT_DOOR)}},
        household=family.household,
        actor=family.account,
        now=now,
    )


def request_of(outcome: EditOutcome) -> ChangeRequest:
    """Return the request that an edit left waiting."""
    assert outcome.waiting is not None
    return outcome.waiting


def value_of(request: ChangeRequest) -> ProposedValue:
    """Return the only value of a request."""
    return request.values.get()


def accept(request: ChangeRequest) -> dict[UUID, Decision]:
    """Return the decisions of a clerk who looks now and accepts everything."""
    return {
        value.public_id: Decision(
            is_accepted=True, seen=review_line(value, request.household).seen
        )
        for value in request.values.all()
    }


def refuse(request: ChangeRequest, reason: str) -> dict[UUID, Decision]:
    """Return the decisions of a clerk who refuses everything."""
    return {
        value.public_id: Decision(is_accepted=False, reason=reason)
        for value in request.values.all()
    }


def make_clerk(email: str = "agent@example.com") -> Account:
    """Create an administrator of the back office."""
    return Account.objects.create_superuser(email, "un-long-secret")
