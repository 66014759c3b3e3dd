"""Edits by families: applied at once, or kept as a proposal, as the town says.

Every change that a family makes to its own file comes through here. The parts of the
file are listed in `families.services.editables`; docs/algorithms/changes.md says the
whole.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from families.domain.editable import Editable, PlainValues, changes_between
from families.models import ChangeRequest, Household
from families.queries.changes import file_rules
from families.services.editables import PARTS
from families.services.editables.parts import Context, Part, plain
from families.services.owners import Target, belongs_to, find_fresh
from families.services.proposals import Proposal, keep_proposals
from foundation.accounts.models import Account
from foundation.errors import DomainError
from tenants.queries import current_town


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
    waiting: ChangeRequest | None = None
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
    """Change parts of several records, as one form does; one request at most waits.

    What waits has passed the rules of its part: nobody waits three days to read that
    a date of birth is in the future.
    """
    # Two tabs of one family, or the family and a clerk, wait for each other here.
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    zone = ZoneInfo(current_town().time_zone)
    context = Context(household, actor, now, now.astimezone(zone).date())
    rules, applied = file_rules(), False
    notices: list[str] = []
    proposals: list[Proposal] = []
    for edit in edits:
        part, target = PARTS[edit.part], _theirs(edit.target, household)
        changes = changes_between(plain(part.present(target)), plain(edit.values))
        values = {change.name: change.new for change in changes}
        if not values:
            continue
        if edit.part in rules.checked:
            _try(part, target, values, context)
            proposals += [Proposal(target, part, change) for change in changes]
        else:
            notices += part.change(target, values, context)
            applied = True
    waiting = None
    if proposals:
        waiting = keep_proposals(
            household=household, proposals=proposals, rules=rules, actor=actor, now=now
        )
    return EditOutcome(applied, waiting, tuple(notices))


class _OnlyTriedError(Exception):
    """Ends a trial: everything it wrote is undone."""


def _try(part: Part, target: Target, values: PlainValues, context: Context) -> None:
    """Raise what the part refuses; change nothing."""
    with suppress(_OnlyTriedError), transaction.atomic():
        part.change(target, values, context)
        raise _OnlyTriedError


def _theirs(target: Target, household: Household) -> Target:
    """Return the record read again: the part before may have written it."""
    found = find_fresh(target)
    if found is None or not belongs_to(found, household):
        raise NotYoursError
    return found
