"""What becomes of a family's data if it is erased once it is erased."""

from datetime import date
from typing import cast

from families.domain.erasure import Kept, Outlook
from families.models import Child, ChildMembership, Household
from families.signals import (
    account_closing,
    ending_with_file_asked,
    kept_after_erasure_asked,
)
from foundation.accounts.models import Account


def obstacles_of(household: Household, *, today: date) -> list[str]:
    """Return what has to be settled before a family is erased, one sentence each."""
    answers = account_closing.send(sender=Account, household=household, today=today)
    # The stubs believe that every receiver answers a text.
    return [str(each) for _receiver, answer in answers for each in answer or []]


def outlook_of(household: Household, *, today: date) -> Outlook:
    """Return all that a family, or a clerk, has to know before an erasure."""
    # The stubs believe that every receiver answers a text.
    kept = kept_after_erasure_asked.send(sender=Household, household=household)
    ending = ending_with_file_asked.send(
        sender=Household, household=household, today=today
    )
    return Outlook(
        obstacles=tuple(obstacles_of(household, today=today)),
        kept=tuple(cast("Kept", each) for _who, told in kept for each in told or []),
        ending=tuple(str(each) for _who, told in ending for each in told or []),
        staying=tuple(_children_who_stay(household)),
    )


def _children_who_stay(household: Household) -> list[str]:
    """Return the children that another household holds too."""
    held = ChildMembership.objects.exclude(household=household).values("child")
    shared = Child.objects.filter(memberships__household=household, pk__in=held)
    return sorted(set(shared.values_list("first_name", flat=True)))
