"""The people who may collect a child, and those to call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from families.models import Child, Contact, Household
from families.services.household_letters import send_collector_added
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record
from tenants.townhall.queries import town_settings


class CollectorTooYoungError(DomainError):
    """Nobody said that the person who collects is old enough."""

    def __init__(self, age: int) -> None:
        super().__init__(
            _("Whoever collects a child is at least %(age)s years old. Tick the box.")
            % {"age": age}
        )


class NoPurposeError(DomainError):
    """A contact neither collects the child nor is called."""

    def __init__(self) -> None:
        super().__init__(_("Say whether this person collects the child, or is called."))


class EndBeforeStartError(DomainError):
    """The last day comes before the first one."""

    def __init__(self) -> None:
        super().__init__(_("The last day comes after the first one."))


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What is said of a person around a child; `until_on` is excluded."""

    name: str
    phone: str
    relation: str
    may_collect: bool
    is_emergency: bool
    is_of_age: bool = False
    from_on: date | None = None
    until_on: date | None = None


#: A person known to the town by this identifier, or a new one.
Named = tuple[UUID, ContactDetails]


def details_of(contact: Contact) -> ContactDetails:
    """Return what is on file of a person."""
    return ContactDetails(
        name=contact.name,
        phone=contact.phone,
        relation=contact.relation,
        may_collect=contact.may_collect,
        is_emergency=contact.is_emergency,
        is_of_age=contact.of_age_declared_at is not None,
        from_on=contact.from_on,
        until_on=contact.until_on,
    )


@transaction.atomic
def set_contacts(
    *,
    child: Child,
    household: Household,
    people: Iterable[Named],
    now: datetime,
    actor: Account | None,
) -> None:
    """Make `people`, in this order, those that a household names for a child.

    People named by another household are not touched, even when they are given. The
    child's other guardians are told by mail that somebody new may collect the child.
    Raises CollectorTooYoungError, NoPurposeError and EndBeforeStartError.
    """
    Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    known = {each.public_id: each for each in Contact.objects.filter(child=child)}
    collected_by = {key for key, each in known.items() if _collects(each)}
    kept = set()
    for position, (public_id, details) in enumerate(people):
        contact = known.get(public_id)
        if contact is not None and contact.household_id != household.pk:
            continue
        _check(details)
        kept.add(public_id)
        if contact is None:
            contact = Contact(
                public_id=public_id, child=child, household=household, added_by=actor
            )
        _write(contact, details, position, now=now, actor=actor)
    for public_id in set(known) - kept:
        contact = known[public_id]
        if contact.household_id == household.pk and contact.removed_at is None:
            _remove(contact, now=now, actor=actor)
    now_known = {each.public_id for each in child.contacts.all() if _collects(each)}
    if now_known - collected_by:
        send_collector_added(child, added_by=actor)


def _collects(contact: Contact) -> bool:
    return contact.may_collect and contact.removed_at is None


def _check(details: ContactDetails) -> None:
    if not (details.may_collect or details.is_emergency):
        raise NoPurposeError
    if details.may_collect and not details.is_of_age:
        raise CollectorTooYoungError(town_settings().collector_age)
    if details.from_on and details.until_on and details.until_on <= details.from_on:
        raise EndBeforeStartError


def _write(
    contact: Contact,
    details: ContactDetails,
    position: int,
    *,
    now: datetime,
    actor: Account | None,
) -> None:
    is_new = contact.pk is None
    old = {} if is_new else _told(contact)
    came_back = contact.removed_at is not None
    contact.removed_at = None
    contact.position = position
    contact.added_at = now if is_new else contact.added_at
    _fill(contact, details, now)
    contact.save()
    new = _told(contact)
    if old != new or came_back:
        action = "person added to child" if is_new else "person of child changed"
        record(actor=actor, action=action, target=contact.child, old=old, new=new)


def _fill(contact: Contact, details: ContactDetails, now: datetime) -> None:
    for name in ("name", "phone", "relation", "may_collect", "is_emergency"):
        setattr(contact, name, getattr(details, name))
    contact.from_on, contact.until_on = details.from_on, details.until_on
    declared = contact.of_age_declared_at or now
    contact.of_age_declared_at = declared if details.is_of_age else None


def _remove(contact: Contact, *, now: datetime, actor: Account | None) -> None:
    contact.removed_at = now
    contact.save(update_fields=["removed_at"])
    record(
        actor=actor,
        action="person of child removed",
        target=contact.child,
        old=_told(contact),
    )


def _told(contact: Contact) -> dict[str, object]:
    details = details_of(contact)
    told: dict[str, object] = {
        name: getattr(details, name) for name in ContactDetails.__slots__
    }
    return told
