"""Children to be born: who takes them, and what becomes of their requests."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from enrolment.enums import LIVE_REQUESTS
from enrolment.models import AccessRequest
from enrolment.queries.services_to_ask import services_to_ask
from enrolment.services.requests import withdraw_request
from families.models import Child, Household
from families.signals import (
    child_born,
    child_no_longer_expected,
    expected_children_taken,
)
from foundation.accounts.models import Account
from foundation.journal.services import record


@receiver(expected_children_taken, dispatch_uid="enrolment-expected")
def name_services(**_kwargs: Any) -> list[str]:
    """Name the waiting lists that take children before their birth."""
    found = services_to_ask().filter(takes_expected_children=True)
    return list(found.values_list("name", flat=True))


@receiver(child_born, dispatch_uid="enrolment-born")
def note_birth(child: Child, actor: Account, **_kwargs: Any) -> None:
    """Write the birth in the history of each request that goes on."""
    for request in AccessRequest.objects.filter(child=child, status__in=LIVE_REQUESTS):
        record(
            actor=actor,
            action="birth written",
            target=request,
            new={"birth_date": child.birth_date},
        )


@receiver(child_no_longer_expected, dispatch_uid="enrolment-no-longer-expected")
def take_back(
    household: Household, child: Child, actor: Account, now: datetime, **_kwargs: Any
) -> None:
    """Take back what the household asked for the child."""
    asked = AccessRequest.objects.filter(household=household, child=child)
    for request in asked.filter(status__in=LIVE_REQUESTS):
        withdraw_request(request=request, actor=actor, now=now)
