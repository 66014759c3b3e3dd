"""Count what is kept too long, then erase it: both by a job, both journalled."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from families.enums.privacy import ErasureKind, RunState
from families.enums.retention import NAMES
from families.models import ErasureRun, RetentionPeriod
from families.services.privacy.asking import administrators
from families.services.privacy.copies import remove_old_copies
from families.services.privacy.letters import send_monthly
from families.services.privacy.rules import (
    FINDERS,
    Act,
    choices,
    counted,
    found,
    our_rules,
)
from families.signals import erasure_asked
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record


class ReasonMissingError(DomainError):
    """What cannot be undone is not done without saying why."""

    def __init__(self) -> None:
        super().__init__(_("Say why you erase."))


class PeriodRefusedError(DomainError):
    """The law sets the limits."""

    def __init__(self) -> None:
        super().__init__(_("This period is outside the limits that the law sets."))


class NothingCountedError(DomainError):
    """A dry run comes first."""

    def __init__(self) -> None:
        super().__init__(_("Make a dry run first, and read it."))


@transaction.atomic
def ask_run(
    *, kind: ErasureKind, actor: Account, now: datetime, reason: str = ""
) -> ErasureRun:
    """Keep that a run is wanted; a job makes it.

    Raises ReasonMissingError, and NothingCountedError for an erasure that no dry run
    came before.
    """
    if kind == ErasureKind.REAL:
        if not reason.strip():
            raise ReasonMissingError
        trials = ErasureRun.objects.exclude(kind=ErasureKind.REAL)
        if not trials.filter(state=RunState.DONE).exists():
            raise NothingCountedError
    run = ErasureRun.objects.create(
        kind=kind, asked_by=actor, asked_at=now, reason=reason
    )
    record(actor=actor, action=f"erasure {kind} asked", target=run, reason=reason)
    erasure_asked.send(sender=ErasureRun, run_id=run.pk)
    return run


@transaction.atomic
def make_run(*, run_id: int, now: datetime) -> bool:
    """Count, or erase, rule after rule; return False when it was done already."""
    run = ErasureRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.state != RunState.WAITING:
        return False
    report = _report(run, now)
    if run.kind == ErasureKind.REAL:
        remove_old_copies(now=now)
    run.report, run.state, run.made_at = report, RunState.DONE, now
    run.save(update_fields=["report", "state", "made_at"])
    counts = {key: each["count"] for key, each in report.items()}
    record(
        actor=run.asked_by,
        action=f"erasure {run.kind} made",
        target=run,
        new=counts,
        reason=run.reason,
    )
    return True


@transaction.atomic
def count_monthly(*, now: datetime) -> ErasureRun:
    """Count what is kept too long, erase what the town lets go by itself, and tell.

    Without anything to say, nobody is written to.
    """
    run = ErasureRun.objects.create(kind=ErasureKind.REMINDER, asked_at=now)
    make_run(run_id=run.pk, now=now)
    run.refresh_from_db()
    lines = [
        {"name": NAMES[key], "count": told["count"], "erased": told["erased"]}
        for key, told in run.report.items()
        if told["count"]
    ]
    if lines:
        send_monthly(administrators(), lines=lines)
    return run


def _report(run: ErasureRun, now: datetime) -> dict[str, Any]:
    """Count what each rule finds, and remove it when the run is a real one."""
    chosen = choices()
    act = Act(actor=run.asked_by, reason=run.reason, now=now)
    report: dict[str, Any] = {}
    for rule in our_rules():
        number, is_automatic = chosen[rule.key]
        rows = found(rule, number=number, now=now)
        told = {**counted(rows, rule), "number": number}
        erases = run.kind == ErasureKind.REAL or (
            run.kind == ErasureKind.REMINDER and is_automatic
        )
        told["erased"] = bool(erases and told["count"])
        if told["erased"]:
            FINDERS[rule.key].remove(rows, rule.limit(number=number, now=now), act)
        report[rule.key] = told
    return report


@transaction.atomic
def set_period(
    *, rule: str, number: int, is_automatic: bool = False, actor: Account
) -> None:
    """Write the town's own period, and whether the monthly job erases by it.

    Raises PeriodRefusedError outside the limits.
    """
    known = {each.key: each for each in our_rules()}
    if rule not in known or not known[rule].allows(number):
        raise PeriodRefusedError
    period, _created = RetentionPeriod.objects.update_or_create(
        rule=rule, defaults={"number": number, "is_automatic": is_automatic}
    )
    told = {rule: number, "automatic": is_automatic}
    record(actor=actor, action="retention changed", target=period, new=told)
