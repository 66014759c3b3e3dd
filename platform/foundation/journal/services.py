"""Write in the journal, in the same transaction as the decision itself."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from foundation.accounts.models import Account
from foundation.journal.models import Entry, Reading, ReadingSubject

# Shown instead of a value that must not be read in the journal.
MASKED = "•••"


@dataclass(frozen=True, slots=True)
class Capacity:
    """What the actor is, beside themselves: `name` is "counter", for whom an id."""

    name: str
    on_behalf_of: UUID


_CAPACITY: ContextVar[Capacity | None] = ContextVar("capacity", default=None)


@contextmanager
def acting_as(capacity: Capacity) -> Iterator[None]:
    """Mark every entry written inside: a clerk who acts for a family, say."""
    token = _CAPACITY.set(capacity)
    try:
        yield
    finally:
        _CAPACITY.reset(token)


def record(
    *,
    actor: Account | None,
    action: str,
    target: models.Model,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Add one entry about `target`.

    `actor` is None when the platform itself acts (a job, a provider's event). Health,
    identity and bank values are given as `MASKED`, never in clear.
    """
    entry = _entry(actor, action, target, _Told(_plain(old), _plain(new), reason))
    entry.save(force_insert=True)
    return entry


def record_each(
    *,
    actor: Account | None,
    action: str,
    targets: Iterable[models.Model],
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Add the same entry about each of many records, in one statement."""
    told = _Told(_plain(old), _plain(new), reason)
    Entry.objects.bulk_create(_entry(actor, action, each, told) for each in targets)


def record_reading(
    *, actor: Account | None, subject: ReadingSubject, what: str, target: models.Model
) -> Reading:
    """Add that somebody was shown protected values of `target`: one row per page.

    `what` names the page ("day list", "child's file"), never a value of it. A list is
    one reading of the record it is about: a session, an activity, a household.
    """
    return Reading.objects.create(
        actor=actor if actor is not None and actor.pk else None,
        subject=subject,
        what=what,
        kind=target._meta.label_lower,  # noqa: SLF001 - _meta is public in practice.
        record=getattr(target, "public_id", None),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    old: Any
    new: Any
    reason: str


def _entry(
    actor: Account | None, action: str, target: models.Model, told: _Told
) -> Entry:
    capacity = _CAPACITY.get()
    return Entry(
        actor=actor if actor is not None and actor.pk else None,
        action=action,
        kind=target._meta.label_lower,  # noqa: SLF001 - _meta is public in practice.
        record=getattr(target, "public_id", None),
        label=str(target)[:200],
        old=told.old,
        new=told.new,
        reason=told.reason,
        capacity=capacity.name if capacity else "",
        on_behalf_of=capacity.on_behalf_of if capacity else None,
    )


def _plain(values: Mapping[str, Any] | None) -> Any:
    """Return values as JSON keeps them (dates and decimals as text)."""
    return json.loads(
        json.dumps(dict(values or {}), cls=DjangoJSONEncoder, default=str)
    )
