"""Accept, refuse or take back what a family proposed: each value once.

The first clerk decides. The same clerk clicking twice changes nothing more; another
one is told who decided. What is accepted is checked again when it is written: still
theirs, and still the present value that the clerk saw.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from families.domain.editable import Editable, fingerprint
from families.enums import ChangeStatus
from families.models import ChangeRequest, Household, ProposedValue
from families.services.change_errors import (
    AlreadyDecidedError,
    ChangedMeanwhileError,
    NoLongerTheirsError,
    ReasonNeededError,
)
from families.services.change_letters import send_decided
from families.services.editables import PARTS
from families.services.editables.parts import Context, plain
from families.services.owners import belongs_to, find_fresh
from families.services.proposals import close_finished, journalled, written
from foundation.accounts.models import Account
from foundation.journal.services import record
from tenants.queries import current_town


@dataclass(frozen=True, slots=True)
class Decision:
    """What a clerk decides of one value.

    `seen` is the fingerprint of the present value on the clerk's screen; a refusal
    needs its `reason`.
    """

    is_accepted: bool
    reason: str = ""
    seen: str = ""

    @property
    def status(self) -> ChangeStatus:
        """What the value becomes."""
        return ChangeStatus.ACCEPTED if self.is_accepted else ChangeStatus.REFUSED


@transaction.atomic
def decide_changes(
    *,
    request: ChangeRequest,
    decisions: Mapping[UUID, Decision],
    reviewer: Account,
    now: datetime,
) -> ChangeRequest:
    """Decide on values of a request, all of them or none.

    Raises AlreadyDecidedError, ReasonNeededError, ChangedMeanwhileError,
    NoLongerTheirsError, and the refusals of the services that own the parts.
    """
    household = _lock(request.household)
    request = _locked(request)
    values = _to_decide(request, decisions, reviewer)
    accepted = [each for each in values if decisions[each.public_id].is_accepted]
    zone = ZoneInfo(current_town().time_zone)
    context = Context(household, reviewer, now, now.astimezone(zone).date())
    notices = _write(accepted, decisions, context)
    for value in values:
        _close(value, decisions[value.public_id], reviewer, now)
    close_finished(household=household, now=now)
    request.refresh_from_db(fields=["closed_at"])
    if values and request.closed_at is not None:
        _tell(request, notices)
    return request


@transaction.atomic
def withdraw_value(*, value: ProposedValue, actor: Account, now: datetime) -> None:
    """Take back a value that waits. Raises AlreadyDecidedError."""
    household = _lock(value.household)
    value = ProposedValue.objects.select_for_update(of=("self",)).get(pk=value.pk)
    if value.status == ChangeStatus.WITHDRAWN:
        return
    if value.status != ChangeStatus.WAITING:
        raise AlreadyDecidedError(value)
    value.status, value.closed_by, value.closed_at = (
        ChangeStatus.WITHDRAWN,
        actor,
        now,
    )
    value.save(update_fields=["status", "closed_by", "closed_at"])
    record(
        actor=actor,
        action="change withdrawn",
        target=value.request,
        old={"field": f"{value.part}.{value.field}"},
    )
    closed = close_finished(household=household, now=now)
    decided = value.request.values.filter(
        status__in=[ChangeStatus.ACCEPTED, ChangeStatus.REFUSED]
    )
    # The last value is taken back: what was decided of the others is told now.
    if closed and decided.exists():
        _tell(value.request, [])


def _lock(household: Household) -> Household:
    return Household.objects.select_for_update(of=("self",)).get(pk=household.pk)


def _locked(request: ChangeRequest) -> ChangeRequest:
    return (
        ChangeRequest.objects.select_for_update(of=("self",))
        .select_related("submitted_by")
        .get(pk=request.pk)
    )


def _to_decide(
    request: ChangeRequest, decisions: Mapping[UUID, Decision], reviewer: Account
) -> list[ProposedValue]:
    """Return the values that still wait, once every decision on them is sound."""
    values = (
        request.values.select_for_update(of=("self",))
        .filter(public_id__in=decisions)
        .order_by("id")
    )
    waiting = []
    for value in values:
        decision = decisions[value.public_id]
        if value.status == ChangeStatus.WAITING:
            if not (decision.is_accepted or decision.reason.strip()):
                raise ReasonNeededError
            waiting.append(value)
        elif (value.status, value.closed_by_id) != (decision.status, reviewer.pk):
            raise AlreadyDecidedError(value)
    return waiting


def _write(
    values: Sequence[ProposedValue],
    decisions: Mapping[UUID, Decision],
    context: Context,
) -> list[str]:
    """Write the accepted values, those of one part of one record together."""
    groups: dict[tuple[str, object], list[ProposedValue]] = defaultdict(list)
    for value in values:
        groups[value.part, value.target].append(value)
    notices: list[str] = []
    for (key, _target), group in groups.items():
        part = PARTS[Editable(key)]
        target = find_fresh(group[0].target)
        if target is None or not belongs_to(target, context.household):
            raise NoLongerTheirsError
        present = plain(part.present(target))
        for value in group:
            if decisions[value.public_id].seen != fingerprint(present[value.field]):
                raise ChangedMeanwhileError(part.field(value.field).label)
        new = {value.field: written(value.new) for value in group}
        notices += part.change(target, new, context)
    return notices


def _close(
    value: ProposedValue, decision: Decision, reviewer: Account, now: datetime
) -> None:
    value.status = decision.status
    value.reason = decision.reason.strip()
    value.closed_by, value.closed_at = reviewer, now
    value.save(update_fields=["status", "reason", "closed_by", "closed_at"])
    part, key = PARTS[Editable(value.part)], f"{value.part}.{value.field}"
    record(
        actor=reviewer,
        action="change accepted" if decision.is_accepted else "change refused",
        target=value.request,
        old=journalled(part, [(key, written(value.old))]),
        new=journalled(part, [(key, written(value.new))]),
        reason=value.reason,
    )


def _tell(request: ChangeRequest, notices: Sequence[str]) -> None:
    accepted, refused = [], []
    for value in request.values.order_by("id"):
        label = PARTS[Editable(value.part)].field(value.field).label
        if value.status == ChangeStatus.ACCEPTED:
            accepted.append(label)
        elif value.status == ChangeStatus.REFUSED:
            refused.append((label, value.reason))
    send_decided(request, accepted=accepted, refused=refused, notices=notices)
