"""Keep what a family proposes until the town has checked it.

A field of a file has one waiting value at most: a later one takes its place.
"""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Exists, OuterRef, QuerySet

from families.domain.editable import FieldChange, Plain
from families.enums import ChangeStatus
from families.models import (
    ChangeRequest,
    Child,
    FileRules,
    Household,
    Person,
    ProposedValue,
)
from families.services.change_clock import answer_due
from families.services.change_letters import send_received
from families.services.editables.parts import Part
from families.services.owners import Target
from foundation.accounts.models import Account
from foundation.journal.services import MASKED, record
from foundation.references import NUMBERS, reference


@dataclass(frozen=True, slots=True)
class Proposal:
    """A field of a record that the town checks before it changes."""

    target: Target
    part: Part
    change: FieldChange


def keep_proposals(
    *,
    household: Household,
    proposals: Sequence[Proposal],
    rules: FileRules,
    actor: Account,
    now: datetime,
) -> ChangeRequest:
    """Keep the proposals of one form as one request, and tell the family.

    What waits already with the same value goes on waiting: sending a form twice does
    not put a family back at the end of the queue. The household is locked.
    """
    fresh = [each for each in proposals if not _waits_already(household, each)]
    if not fresh:
        return _waiting(household, proposals[0]).select_related("request")[0].request
    request = ChangeRequest.objects.create(
        tracking_number=reference(secrets.randbelow(NUMBERS)),
        household=household,
        submitted_by=actor,
        submitted_at=now,
        due_at=answer_due(rules=rules, since=now),
    )
    for proposal in fresh:
        _supersede(household, proposal, actor=actor, now=now)
    ProposedValue.objects.bulk_create(
        _value(request, household, proposal) for proposal in fresh
    )
    close_finished(household=household, now=now)
    _journal(request, fresh, actor)
    send_received(request, labels=[each.part.label for each in fresh])
    return request


def close_finished(*, household: Household, now: datetime) -> int:
    """Close the household's requests in which nothing waits any more."""
    waiting = ProposedValue.objects.waiting().filter(request=OuterRef("pk"))
    open_ones = ChangeRequest.objects.filter(household=household, closed_at=None)
    return open_ones.exclude(Exists(waiting)).update(closed_at=now)


def written(text: str | None) -> Plain:
    """Return a value as it was before it was kept."""
    return cast("Plain", json.loads(text or "null"))


def journalled(part: Part, values: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Return values for the journal; those of a secret part are masked."""
    return {name: MASKED if part.is_secret else value for name, value in values}


def _value(
    request: ChangeRequest, household: Household, proposal: Proposal
) -> ProposedValue:
    return ProposedValue(
        request=request,
        part=proposal.part.key,
        field=proposal.change.name,
        old=json.dumps(proposal.change.old),
        new=json.dumps(proposal.change.new),
        **_about(household, proposal.target),
    )


def _about(household: Household, target: Target) -> dict[str, Target | None]:
    return {
        "household": household,
        "person": target if isinstance(target, Person) else None,
        "child": target if isinstance(target, Child) else None,
    }


def _waiting(household: Household, proposal: Proposal) -> QuerySet[ProposedValue]:
    return ProposedValue.objects.waiting().filter(
        part=proposal.part.key,
        field=proposal.change.name,
        **_about(household, proposal.target),
    )


def _waits_already(household: Household, proposal: Proposal) -> bool:
    known = _waiting(household, proposal).first()
    return known is not None and written(known.new) == proposal.change.new


def _supersede(
    household: Household, proposal: Proposal, *, actor: Account, now: datetime
) -> None:
    _waiting(household, proposal).update(
        status=ChangeStatus.SUPERSEDED, closed_by=actor, closed_at=now
    )


def _journal(
    request: ChangeRequest, proposals: Sequence[Proposal], actor: Account
) -> None:
    old: dict[str, object] = {}
    new: dict[str, object] = {}
    for each in proposals:
        key = f"{each.part.key}.{each.change.name}"
        old |= journalled(each.part, [(key, each.change.old)])
        new |= journalled(each.part, [(key, each.change.new)])
    record(actor=actor, action="changes asked", target=request, old=old, new=new)
