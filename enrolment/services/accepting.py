"""What accepting a request does: an access, or a line on the waiting list."""

from datetime import date, datetime

from enrolment.models import AccessRequest
from enrolment.services.review import (
    AccessDays,
    accept_request,
    list_request,
    proposed_days,
)
from foundation.accounts.models import Account


def say_yes(
    *,
    request: AccessRequest,
    days: AccessDays | None,
    reviewer: Account,
    now: datetime,
    today: date,
) -> None:
    """Accept a request, as its service has it; without `days`, on those proposed.

    Raises what `accept_request` and `list_request` raise.
    """
    if request.service.keeps_waiting_list:
        list_request(request=request, reviewer=reviewer, now=now, today=today)
        return
    accept_request(
        request=request,
        days=days or proposed_days(request, today=today),
        reviewer=reviewer,
        now=now,
        today=today,
    )
