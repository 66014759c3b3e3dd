"""Children of separated parents: their households, and what each of them sees.

Each household keeps its own invoices, address, bank data and messages: sharing a child
gives its file, never the other household's.
"""

from datetime import date

from django.db import transaction

from families.models import Child, ChildMembership, Household
from families.services.household_errors import (
    EndBeforeStartError,
    LastHouseholdError,
    PastDayError,
    ReasonNeededError,
)
from families.services.household_letters import send_sharing
from foundation.accounts.models import Account
from foundation.journal.services import record


def share(
    *,
    child: Child,
    household: Household,
    actor: Account,
    sees_file: bool = True,
    from_on: date | None = None,
    reason: str = "",
) -> ChildMembership:
    """Add a child to a household too; one it had left comes back."""
    # Two clerks, or a clerk and a parent, wait for each other here.
    Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    membership, _is_new = ChildMembership.objects.update_or_create(
        child=child,
        household=household,
        defaults={"sees_file": sees_file, "from_on": from_on, "until_on": None},
    )
    record(
        actor=actor,
        action="child shared",
        target=child,
        new={
            "household": household.file_number,
            "sees_file": sees_file,
            "from": from_on,
        },
        reason=reason,
    )
    return membership


@transaction.atomic
def share_child(  # noqa: PLR0913 - each is one answer of the form, named.
    *,
    child: Child,
    household: Household,
    sees_file: bool,
    from_on: date,
    reason: str,
    actor: Account,
    today: date,
) -> ChildMembership:
    """Write, for the town, that a child belongs to a household too, and tell it.

    Raises ReasonNeededError, PastDayError.
    """
    if not reason.strip():
        raise ReasonNeededError
    if from_on < today:
        raise PastDayError
    membership = share(
        child=child,
        household=household,
        actor=actor,
        sees_file=sees_file,
        from_on=from_on,
        reason=reason.strip(),
    )
    send_sharing(household, child=child, reason="")
    return membership


@transaction.atomic
def set_file_seen(
    *, membership: ChildMembership, sees_file: bool, reason: str, actor: Account
) -> None:
    """Open or close the child's file to a household. Raises ReasonNeededError."""
    if not reason.strip():
        raise ReasonNeededError
    locked = _lock(membership)
    if locked.sees_file == sees_file:
        return
    locked.sees_file = sees_file
    locked.save(update_fields=["sees_file"])
    record(
        actor=actor,
        action="child's file opened" if sees_file else "child's file closed",
        target=locked.child,
        new={"household": locked.household.file_number},
        reason=reason.strip(),
    )
    send_sharing(locked.household, child=locked.child, reason=reason.strip())


@transaction.atomic
def end_sharing(
    *,
    membership: ChildMembership,
    until_on: date,
    reason: str,
    actor: Account,
    today: date,
) -> None:
    """Take a child out of a household from a day on; its past bookings stay there.

    Raises ReasonNeededError, PastDayError, EndBeforeStartError, LastHouseholdError.
    """
    if not reason.strip():
        raise ReasonNeededError
    if until_on < today:
        raise PastDayError
    locked = _lock(membership)
    if locked.from_on is not None and until_on < locked.from_on:
        raise EndBeforeStartError
    others = ChildMembership.objects.filter(child=locked.child, until_on=None)
    if not others.exclude(pk=locked.pk).exists():
        raise LastHouseholdError
    if locked.from_on == until_on:
        locked.delete()
    else:
        locked.until_on = until_on
        locked.save(update_fields=["until_on"])
    record(
        actor=actor,
        action="child no longer shared",
        target=locked.child,
        new={"household": locked.household.file_number, "until": until_on},
        reason=reason.strip(),
    )
    send_sharing(locked.household, child=locked.child, reason=reason.strip())


def _lock(membership: ChildMembership) -> ChildMembership:
    Child.objects.select_for_update(of=("self",)).get(pk=membership.child_id)
    return ChildMembership.objects.select_related("child", "household").get(
        pk=membership.pk
    )
