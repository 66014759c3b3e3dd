"""Edits by families: applied at once, or kept as a proposal, as the town says.

Every change that a family makes to its own file comes through here. The parts of the
file are listed in `families.services.editables`; docs/algorithms/changes.md says the
whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from families.domain.editable import Editable, PlainValues, changes_between
from families.models import Child, ChildMembership, Guardian, Household, Person
from families.services.editables import PARTS
from families.services.editables.parts import Context, plain
from foundation.accounts.models import Account
from foundation.errors import DomainError
from tenants.queries import current_town

Target: TypeAlias = Household | Person | Child


class NotYoursError(DomainError):
    """The record does not belong to the household that wants to change it."""

    def __init__(self) -> None:
        super().__init__(_("This is no longer part of your family's file."))


@dataclass(frozen=True, slots=True)
class Edit:
    """New values of one part of one record."""

    target: Target
    part: Editable
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EditOutcome:
    """What became of an edit.

    `applied` tells whether something changed at once; `waiting` is the request that
    keeps what the town checks first, with its tracking number, or None. `notices` are
    sentences to show to the family.
    """

    applied: bool
    waiting: None = None
    notices: tuple[str, ...] = ()


def submit_edit(
    *,
    target: Target,
    values: Mapping[Editable, Mapping[str, Any]],
    household: Household,
    actor: Account,
    now: datetime,
) -> EditOutcome:
    """Change parts of one record: `values` holds the new values of each part.

    Fields whose value is the present one are left out, so a form may give them all.
    Raises NotYoursError, and the errors of the services that own the parts.
    """
    edits = [Edit(target, part, given) for part, given in values.items()]
    return submit_edits(edits=edits, household=household, actor=actor, now=now)


@transaction.atomic
def submit_edits(
    *, edits: Sequence[Edit], household: Household, actor: Account, now: datetime
) -> EditOutcome:
    """Change parts of several records, as one form does; one request at most waits."""
    # Two tabs of one family, or the family and a clerk, wait for each other here.
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    zone = ZoneInfo(current_town().time_zone)
    context = Context(household, actor, now, now.astimezone(zone).date())
    notices: list[str] = []
    applied = False
    for edit in edits:
        # Read again: the part before this one may have written the same record.
        target = _fresh(edit.target)
        _check_owner(target, household)
        changed = _changed(target, edit)
        if changed:
            applied = True
            notices += PARTS[edit.part].change(target, changed, context)
    return EditOutcome(applied, notices=tuple(notices))


def _fresh(target: Target) -> Target:
    found = type(target)._default_manager.filter(pk=target.pk).first()  # noqa: SLF001 - public in practice.
    if found is None:
        raise NotYoursError
    return found


def _changed(target: Target, edit: Edit) -> PlainValues:
    present = PARTS[edit.part].present(target)
    changes = changes_between(plain(present), plain(edit.values))
    return {change.name: change.new for change in changes}


def _check_owner(target: Target, household: Household) -> None:
    match target:
        case Household():
            is_theirs = target.pk == household.pk
        case Person():
            theirs = Guardian.objects.filter(household=household, person=target)
            is_theirs = theirs.exists()
        case Child():
            seen = ChildMembership.objects.current().filter(
                child=target, household=household, sees_file=True
            )
            is_theirs = seen.exists()
    if not is_theirs:
        raise NotYoursError
