"""Closing an account: on request, or by the town after a false statement.

A closed account signs in no more. The file stays with the town as long as the law
wants it: its erasure is another matter. What the town may reopen, it journals.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from families.enums import GuardianRole
from families.models import Household
from families.services.household_letters import send_account_closed
from families.signals import account_closing
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record


class StillNeededError(DomainError):
    """Something is owed, booked or waited for: `reasons`, one sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(_("Your account cannot be closed yet."))
        self.reasons = reasons


class AlreadyClosedError(DomainError):
    """Somebody was faster."""

    def __init__(self) -> None:
        super().__init__(_("This account is closed already."))


def reasons_to_keep(*, account: Account, today: date) -> list[str]:
    """Return why an account cannot be closed on request, one sentence each.

    Only the responsible of a household answers for what it owes and booked.
    """
    mine = Household.objects.filter(
        guardians__person__account=account,
        guardians__role=GuardianRole.RESPONSIBLE,
    )
    reasons: list[str] = []
    for household in mine:
        answers = account_closing.send(sender=Account, household=household, today=today)
        for _receiver, answer in answers:
            # The stubs believe that every receiver answers a text.
            reasons += [str(each) for each in answer or []]
    return reasons


@transaction.atomic
def close_own_account(*, account: Account, today: date, now: datetime) -> None:
    """Close the account of who asks for it.

    Raises StillNeededError when something is owed or booked, and AlreadyClosedError.
    """
    reasons = reasons_to_keep(account=account, today=today)
    if reasons:
        raise StillNeededError(reasons)
    _close(account, actor=account, action="account closed on request", reason="")
    send_account_closed(account, reason="", now=now)


@transaction.atomic
def close_account(
    *, account: Account, reason: str, actor: Account, now: datetime
) -> None:
    """Close the account of somebody else, who is told why. What is owed stays owed.

    Raises AlreadyClosedError.
    """
    _close(account, actor=actor, action="account closed", reason=reason)
    send_account_closed(account, reason=reason, now=now)


@transaction.atomic
def reopen_account(*, account: Account, reason: str, actor: Account) -> None:
    """Let somebody sign in again."""
    locked = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if locked.is_active:
        return
    locked.is_active = True
    locked.save(update_fields=["is_active"])
    record(actor=actor, action="account reopened", target=locked, reason=reason)


def _close(account: Account, *, actor: Account, action: str, reason: str) -> None:
    locked = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if not locked.is_active:
        raise AlreadyClosedError
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    record(actor=actor, action=action, target=locked, reason=reason)
