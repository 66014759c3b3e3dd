"""Custody: written by clerks from a judgment or an agreement, proposed by parents.

One clerk decides, whatever the parents propose: two households are concerned, and
neither rules over the other's days.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from families.enums import CustodyPattern, CustodyStatus
from families.models import Child, ChildMembership, Custody, Household
from families.services.household_errors import (
    EndBeforeStartError,
    PastDayError,
    ReasonNeededError,
)
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record


class WrongHouseholdsError(DomainError):
    """Custody is between the households that the child belongs to."""

    def __init__(self) -> None:
        super().__init__(_("Choose households that the child belongs to."))


class WrongDaysError(DomainError):
    """Days shared by weekday leave at least one to each household."""

    def __init__(self) -> None:
        super().__init__(_("Choose some days of the week, but not all of them."))


class DecidedAlreadyError(DomainError):
    """Another clerk decided, or the parent took the proposal back."""

    def __init__(self) -> None:
        super().__init__(_("This proposal no longer waits for a decision."))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What is decided or proposed; the fields are those of the record."""

    pattern: CustodyPattern
    household: Household
    other_household: Household | None
    from_on: date
    until_on: date | None = None
    change_weekday: int = 0
    weekdays: tuple[int, ...] = ()
    source: str = ""


@transaction.atomic
def decide_custody(
    *,
    child: Child,
    arrangement: Arrangement,
    reason: str,
    actor: Account,
    today: date,
    is_correction: bool = False,
) -> Custody:
    """Write the custody of a child; what held before stops on its first day.

    An arrangement already written for later days stays: this one ends there. Raises
    ReasonNeededError, PastDayError, EndBeforeStartError, WrongHouseholdsError,
    WrongDaysError.
    """
    if not reason.strip():
        raise ReasonNeededError
    if arrangement.from_on < today and not is_correction:
        raise PastDayError
    _check(child, arrangement)
    _lock(child)
    custody = _write(child, arrangement, actor)
    record(
        actor=actor,
        action="custody corrected" if is_correction else "custody written",
        target=child,
        new=_facts(custody),
        reason=reason.strip(),
    )
    return custody


@transaction.atomic
def end_custody(
    *, custody: Custody, until_on: date, reason: str, actor: Account, today: date
) -> None:
    """End an arrangement from a day on: who books pays again, afterwards.

    Raises ReasonNeededError, PastDayError, EndBeforeStartError.
    """
    if not reason.strip():
        raise ReasonNeededError
    if until_on < today:
        raise PastDayError
    _lock(custody.child)
    custody = Custody.objects.get(pk=custody.pk)
    if until_on < custody.from_on:
        raise EndBeforeStartError
    if until_on == custody.from_on:
        custody.delete()
    else:
        custody.until_on = until_on
        custody.save(update_fields=["until_on"])
    record(
        actor=actor,
        action="custody ended",
        target=custody.child,
        new={"until": until_on},
        reason=reason.strip(),
    )


@transaction.atomic
def propose_custody(
    *, child: Child, arrangement: Arrangement, by: Household, actor: Account
) -> Custody:
    """Keep a parent's proposal for the town; a former one of theirs is replaced.

    Raises EndBeforeStartError, WrongHouseholdsError, WrongDaysError.
    """
    seen = ChildMembership.objects.current().filter(
        child=child, household=by, sees_file=True
    )
    if not seen.exists():
        raise WrongHouseholdsError
    _check(child, arrangement)
    _lock(child)
    Custody.objects.proposed().filter(child=child, proposed_by=by).update(
        status=CustodyStatus.WITHDRAWN
    )
    custody = Custody.objects.create(
        child=child,
        status=CustodyStatus.PROPOSED,
        proposed_by=by,
        recorded_by=actor,
        **_fields(arrangement),
    )
    record(actor=actor, action="custody proposed", target=child, new=_facts(custody))
    return custody


@transaction.atomic
def accept_custody(
    *, proposal: Custody, reason: str, actor: Account, today: date
) -> Custody:
    """Decide as a parent proposed, from today at the earliest.

    Raises DecidedAlreadyError and the errors of `decide_custody`.
    """
    proposal = _lock_proposal(proposal)
    arrangement = Arrangement(
        pattern=CustodyPattern(proposal.pattern),
        household=proposal.household,
        other_household=proposal.other_household,
        from_on=max(proposal.from_on, today),
        until_on=proposal.until_on,
        change_weekday=proposal.change_weekday,
        weekdays=tuple(proposal.weekdays),
        source=proposal.source,
    )
    proposal.status = CustodyStatus.WITHDRAWN
    proposal.save(update_fields=["status"])
    return decide_custody(
        child=proposal.child,
        arrangement=arrangement,
        reason=reason,
        actor=actor,
        today=today,
    )


@transaction.atomic
def refuse_custody(*, proposal: Custody, reason: str, actor: Account) -> None:
    """Refuse a proposal with its reason. Raises ReasonNeededError and the above."""
    if not reason.strip():
        raise ReasonNeededError
    proposal = _lock_proposal(proposal)
    proposal.status = CustodyStatus.REFUSED
    proposal.refusal_reason = reason.strip()
    proposal.save(update_fields=["status", "refusal_reason"])
    record(
        actor=actor,
        action="custody refused",
        target=proposal.child,
        reason=reason.strip(),
    )


def _check(child: Child, arrangement: Arrangement) -> None:
    if arrangement.until_on and arrangement.until_on <= arrangement.from_on:
        raise EndBeforeStartError
    named = [arrangement.household, arrangement.other_household]
    households = {each.pk for each in named if each is not None}
    needed = 1 if arrangement.pattern == CustodyPattern.ALWAYS else 2
    theirs = ChildMembership.objects.filter(child=child, household__in=households)
    if len(households) != needed or theirs.count() != needed:
        raise WrongHouseholdsError
    by_days = arrangement.pattern == CustodyPattern.WEEKDAYS
    if by_days and not 1 <= len(_days(arrangement.weekdays)) <= 6:
        raise WrongDaysError


def _write(child: Child, arrangement: Arrangement, actor: Account) -> Custody:
    start, until = arrangement.from_on, arrangement.until_on
    known = Custody.objects.decided().filter(child=child)
    known.filter(from_on=start).delete()
    known.filter(Q(until_on=None) | Q(until_on__gt=start), from_on__lt=start).update(
        until_on=start
    )
    later = known.filter(from_on__gt=start).order_by("from_on").first()
    if later is not None and (until is None or later.from_on < until):
        until = later.from_on
    fields = {**_fields(arrangement), "until_on": until}
    return Custody.objects.create(child=child, recorded_by=actor, **fields)


def _lock(child: Child) -> None:
    Child.objects.select_for_update(of=("self",)).get(pk=child.pk)


def _lock_proposal(proposal: Custody) -> Custody:
    locked = (
        Custody.objects.select_for_update(of=("self",))
        .select_related("child", "household", "other_household")
        .get(pk=proposal.pk)
    )
    if locked.status != CustodyStatus.PROPOSED:
        raise DecidedAlreadyError
    return locked


def _fields(arrangement: Arrangement) -> dict[str, object]:
    fields = {name: getattr(arrangement, name) for name in Arrangement.__slots__}
    return {**fields, "weekdays": _days(arrangement.weekdays)}


def _days(weekdays: Collection[int]) -> list[int]:
    return sorted(set(weekdays) & set(range(7)))


def _facts(custody: Custody) -> dict[str, object]:
    return {
        "pattern": custody.pattern,
        "household": str(custody.household),
        "other_household": str(custody.other_household or ""),
        "change_weekday": custody.change_weekday,
        "weekdays": custody.weekdays,
        "from": custody.from_on,
        "until": custody.until_on,
        "source": custody.source,
    }
