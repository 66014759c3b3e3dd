"""Give an account its place in a file that the town had before, and take it back.

The file's own person stays; what the account's holder had typed of themselves goes
into the link, from which a clerk can undo it. Effective at once: pages ask the rows.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.dateparse import parse_date, parse_datetime

from families.models import FileLink, Guardian, Person
from families.services.claim_codes import CodeUnknownError, use_code
from families.services.finding_files import Knowledge, PostedCode
from families.services.linking_errors import AlreadyUndoneError, NoSuchFileError
from families.services.linking_letters import send_linked, send_undone
from foundation.accounts.models import Account
from foundation.journal.services import record
from tenants.townhall.models import LinkingMethod

# What the holder said, and what the file takes from it when it knows nothing.
_NAMES = ("civility", "first_name", "last_name")
_UNKNOWN = {
    "birth_date": None,
    "email": "",
    "phone": "",
    "notice_seen_at": None,
    "of_age_declared_at": None,
}


def link_file(*, account: Account, knows: Knowledge, now: datetime) -> FileLink:
    """Link the account to the file that its holder proves to know.

    Raises NoSuchFileError for all that does not match, and for a person who signs in
    already. Count the attempt before.
    """
    guardian = knows.find(account, now=now)
    if guardian is None or guardian.person.account_id is not None:
        raise NoSuchFileError
    with transaction.atomic():
        if isinstance(knows, PostedCode):
            _use(knows, account, now)
        return _attach(account, guardian, knows.method, now)


@transaction.atomic
def unlink_file(*, link: FileLink, reason: str, actor: Account, now: datetime) -> None:
    """Take an account out of a file again, and give it back what it had brought.

    Effective at once. Raises AlreadyUndoneError.
    """
    link = FileLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    person = Person.objects.select_for_update(of=("self",)).get(pk=link.person_id)
    if link.ended_at is not None or person.account_id != link.account_id:
        raise AlreadyUndoneError
    for name in link.filled:
        setattr(person, name, _UNKNOWN[name])
    person.account = None
    person.save(update_fields=["account", *link.filled])
    typed = {**link.typed, "email": link.account.email}
    own = Person.objects.create(account=link.account, **_read(typed))
    Guardian.objects.filter(pk__in=link.moved, person=person).update(person=own)
    link.ended_at, link.ended_by, link.end_reason = now, actor, reason
    link.save(update_fields=["ended_at", "ended_by", "end_reason"])
    record(
        actor=actor,
        action="account unlinked",
        target=link.household,
        old={"account": link.account.email, "person": str(person)},
        reason=reason,
    )
    send_undone(link)


def _use(knows: PostedCode, account: Account, now: datetime) -> None:
    """End the code; one that was used meanwhile answers as an unknown one."""
    try:
        use_code(text=knows.code, actor=account, now=now)
    except CodeUnknownError as error:
        raise NoSuchFileError from error


def _attach(
    account: Account, guardian: Guardian, method: LinkingMethod, now: datetime
) -> FileLink:
    person, own = _lock(account, guardian)
    # Somebody else may have been quicker: what was read before the lock is old.
    taken = person.account_id is not None
    if taken or own is None or _share_a_household(person, own):
        raise NoSuchFileError
    typed = {name: getattr(own, name) for name in (*_NAMES, *_UNKNOWN)}
    moved = list(Guardian.objects.filter(person=own).values_list("pk", flat=True))
    link = FileLink(
        account=account,
        person=person,
        household=guardian.household,
        method=method,
        linked_at=now,
        typed=_written(typed),
        filled=[name for name in _UNKNOWN if typed[name] and not getattr(person, name)],
        moved=moved,
    )
    _merge(own, person, link, account)
    link.save()
    _tell(link)
    return link


def _tell(link: FileLink) -> None:
    """Write in the journal, and to the addresses that the file had."""
    record(
        actor=link.account,
        action="account linked",
        target=link.household,
        old=link.typed,
        new={
            "account": link.account.email,
            "person": str(link.person),
            "method": link.method,
        },
    )
    send_linked(link)


def _lock(account: Account, guardian: Guardian) -> tuple[Person, Person | None]:
    """Lock the file's person and the account's own, always in the same order."""
    wanted = Q(pk=guardian.person_id) | Q(account=account)
    locked = Person.objects.select_for_update(of=("self",)).filter(wanted)
    people = list(locked.order_by("pk"))
    person = next(each for each in people if each.pk == guardian.person_id)
    own = next((each for each in people if each.account_id == account.pk), None)
    return person, own


def _share_a_household(person: Person, own: Person) -> bool:
    return Guardian.objects.filter(
        person=own, household__guardians__person=person
    ).exists()


def _merge(own: Person, person: Person, link: FileLink, account: Account) -> None:
    """Let the file's person take what points to the account's own, then the account."""
    record(actor=account, action="person merged", target=own, old=link.typed)
    for relation in own._meta.related_objects:  # noqa: SLF001 - _meta is public in practice.
        model, name = relation.related_model, relation.field.name
        model._base_manager.filter(**{name: own}).update(**{name: person})  # noqa: SLF001 - as above.
    for name in link.filled:
        setattr(person, name, getattr(own, name))
    own.delete()
    person.account = account
    person.save(update_fields=["account", *link.filled])


def _written(typed: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in typed.items() if value}


def _read(typed: dict[str, str]) -> dict[str, Any]:
    readers = {
        "birth_date": parse_date,
        "notice_seen_at": parse_datetime,
        "of_age_declared_at": parse_datetime,
    }
    return {
        name: readers[name](text) if name in readers else text
        for name, text in typed.items()
    }
