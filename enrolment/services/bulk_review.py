"""One decision on many requests: each on its own, and a report of what came of each.

What cannot be decided (a proof to check first, somebody else was faster) is left as it
was, with the reason in words; it stops none of the others. Each decision is journalled
and written to its family as if it had been taken alone.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from enrolment.enums import BulkAction
from enrolment.models import AccessRequest, BulkDecision
from enrolment.services.accepting import say_yes
from enrolment.services.review import ask_for_more, refuse_request
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record


@transaction.atomic
def decide_many(
    *,
    requests: Sequence[AccessRequest],
    action: BulkAction,
    reason: str,
    reviewer: Account,
    now: datetime,
    today: date,
) -> BulkDecision:
    """Decide of each request in its own savepoint; return what was done.

    Requests are locked in one order, so that two clerks who chose the same ones wait
    for each other and never for ever. `reason` is not read to accept.
    """
    outcomes = []
    for request in sorted(requests, key=lambda each: each.pk):
        why = ""
        try:
            with transaction.atomic():
                _decide(request, action, reason, reviewer, now=now, today=today)
        except DomainError as error:
            why = str(error)
        outcomes.append({"number": request.tracking_number, "why": why})
    made = BulkDecision.objects.create(
        action=action, outcomes=outcomes, decided_by=reviewer, decided_at=now
    )
    done = sum(not each["why"] for each in outcomes)
    record(
        actor=reviewer,
        action="many requests decided",
        target=made,
        new={"action": action, "asked": len(outcomes), "done": done},
    )
    return made


def _decide(
    request: AccessRequest,
    action: BulkAction,
    reason: str,
    reviewer: Account,
    *,
    now: datetime,
    today: date,
) -> None:
    match action:
        case BulkAction.ACCEPT:
            say_yes(request=request, days=None, reviewer=reviewer, now=now, today=today)
        case BulkAction.MORE:
            ask_for_more(
                request=request,
                reason=reason,
                reviewer=reviewer,
                now=now,
                today=today,
            )
        case BulkAction.REFUSE:
            refuse_request(request=request, reason=reason, reviewer=reviewer, now=now)
