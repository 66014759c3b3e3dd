"""Copies of their data that people ask for, made by a job, kept some days.

A file in clear of a whole family is the most delicate thing the town makes: it is
encrypted on disk, shown to who asked only, and removed after `KEPT`.
"""

from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from families.enums.privacy import CopyState
from families.models import DataCopy, Person
from families.services.privacy.archive import write_archive
from families.services.privacy.letters import send_copy_ready
from families.services.privacy.whose import whose_copy
from families.signals import copy_asked
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.models import ReadingSubject
from foundation.journal.services import record, record_reading

KEPT = timedelta(days=7)
_IN_MEMORY = 8 * 1024 * 1024


class CopyBeingMadeError(DomainError):
    """One at a time."""

    def __init__(self) -> None:
        super().__init__(_("A copy is being made already. Come back in a few minutes."))


class NowhereToSendError(DomainError):
    """Who does not sign in is given the copy at the counter."""

    def __init__(self) -> None:
        super().__init__(
            _("This person does not sign in. Give them the copy at the counter.")
        )


@transaction.atomic
def ask_copy(
    *,
    person: Person,
    actor: Account,
    now: datetime,
    reason: str = "",
    is_for_counter: bool = False,
) -> DataCopy:
    """Keep that a copy is wanted; a job makes it. Raises CopyBeingMadeError.

    A new copy takes the place of the former one. A clerk gives a `reason`; the person
    finds the copy in their space (NowhereToSendError without an account that is open),
    or is given it at the counter.
    """
    people = Person.objects.select_for_update(of=("self",)).select_related("account")
    locked = people.get(pk=person.pk)
    if not (is_for_counter or _signs_in(locked)):
        raise NowhereToSendError
    if locked.data_copies.filter(state=CopyState.WAITING).exists():
        raise CopyBeingMadeError
    for former in locked.data_copies.filter(state=CopyState.READY):
        remove_copy(copy=former)
    copy = DataCopy.objects.create(
        person=locked,
        asked_by=actor,
        asked_at=now,
        reason=reason,
        is_for_counter=is_for_counter,
    )
    record(actor=actor, action="data copy asked", target=locked, reason=reason)
    copy_asked.send(sender=DataCopy, copy_id=copy.pk)
    return copy


def _signs_in(person: Person) -> bool:
    return person.account is not None and person.account.is_active


@transaction.atomic
def make_copy(*, copy_id: int, now: datetime) -> bool:
    """Write the file and tell who asked; return False when it was done already."""
    copy = (
        DataCopy.objects.select_for_update(of=("self",))
        .select_related("person__account", "asked_by")
        .get(pk=copy_id)
    )
    if copy.state != CopyState.WAITING:
        return False
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as target:
        write_archive(target, whose=whose_copy(copy.person), now=now)
        target.seek(0)
        copy.file.save("copy", File(target), save=False)
    copy.state, copy.made_at = CopyState.READY, now
    copy.save(update_fields=["file", "state", "made_at"])
    record(actor=copy.asked_by, action="data copy made", target=copy.person)
    send_copy_ready(copy, days=KEPT.days)
    return True


@transaction.atomic
def give_copy(*, copy: DataCopy, actor: Account) -> None:
    """Journal that a clerk took out a copy to give it: all it holds was read."""
    record(
        actor=actor,
        action="data copy given",
        target=copy.person,
        reason=copy.reason,
    )
    for subject in ReadingSubject:
        record_reading(
            actor=actor, subject=subject, what="copy for the person", target=copy.person
        )


@transaction.atomic
def remove_copy(*, copy: DataCopy) -> None:
    """Remove the file of a copy, after the transaction."""
    name, storage = str(copy.file.name or ""), copy.file.storage
    copy.state, copy.file = CopyState.REMOVED, ""
    copy.save(update_fields=["state", "file"])
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def remove_old_copies(*, now: datetime) -> int:
    """Remove the files that are over; return how many."""
    old = list(DataCopy.objects.filter(state=CopyState.READY, made_at__lte=now - KEPT))
    for copy in old:
        remove_copy(copy=copy)
    return len(old)
