"""The counter: a clerk acts for a family that has no account, or no device at hand.

A visit is opened by a clerk who may, for one household, and ends by itself when
nothing is done for an hour. What is done inside is journalled as the clerk's, at the
counter, for that household.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from families.enums import VisitEnd
from families.models import CounterVisit, Household
from families.policies import may_act_for_households
from families.queries import adults_of
from families.queries.counter import open_visits
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import Capacity, acting_as, record

#: A clerk called away from the desk leaves nobody's file open behind.
IDLE = timedelta(minutes=60)


class NobodyToActForError(DomainError):
    """The household has no adult on file."""

    def __init__(self) -> None:
        super().__init__(_("Add an adult to this household first."))


class NotYoursError(DomainError):
    """The clerk may not act for families, or answers for this one at home."""

    def __init__(self) -> None:
        super().__init__(_("You cannot act for this family."))


def capacity_of(visit: CounterVisit) -> Capacity:
    """Return the mark of the entries made during a visit."""
    return Capacity("counter", visit.household.public_id)


@transaction.atomic
def start_visit(
    *,
    household: Household,
    clerk: Account,
    opened_file: bool = False,
    now: datetime,
) -> CounterVisit:
    """Open a visit; the clerk's former one ends.

    The caller has checked that the household is in the clerk's scope, or has just
    opened its file. Raises NotYoursError, also for the clerk's own family, and
    NobodyToActForError.
    """
    if not may_act_for_households(clerk) or _is_own(household, clerk):
        raise NotYoursError
    place = adults_of(household).first()
    if place is None:
        raise NobodyToActForError
    for former in open_visits(clerk):
        end_visit(visit=former, how=VisitEnd.REPLACED, now=now)
    visit = CounterVisit.objects.create(
        household=household,
        person=place.person,
        clerk=clerk,
        opened_file=opened_file,
        started_at=now,
    )
    with acting_as(capacity_of(visit)):
        record(actor=clerk, action="counter visit started", target=household)
    return visit


@transaction.atomic
def end_visit(*, visit: CounterVisit, how: VisitEnd, now: datetime) -> bool:
    """End a visit; return whether it was still open."""
    ended = CounterVisit.objects.filter(pk=visit.pk, ended_at=None).update(
        ended_at=now, ended_by=how
    )
    if not ended:
        return False
    visit.ended_at, visit.ended_by = now, how
    with acting_as(capacity_of(visit)):
        record(
            actor=visit.clerk,
            action="counter visit ended",
            target=visit.household,
            reason=str(how.label),
        )
    return True


def _is_own(household: Household, clerk: Account) -> bool:
    """Tell whether a clerk is an adult of the household: no one serves themselves."""
    return household.guardians.filter(person__account=clerk).exists()
