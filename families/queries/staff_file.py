"""Reads behind a family's file: messages, history."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from families.models import Guardian
from foundation.journal.models import Entry
from foundation.post.models import OutgoingMail
from foundation.records import Record


def messages_to(adults: Iterable[Guardian], *, most: int) -> list[OutgoingMail]:
    """Return the latest messages to adults, latest first, in one query."""
    addresses: set[str] = set()
    for adult in adults:
        account = adult.person.account
        addresses |= {adult.person.email, account.email if account else ""}
    found = OutgoingMail.objects.filter(
        recipients__has_any_keys=sorted(addresses - {""})
    )
    return list(found.defer("text", "html").order_by("-created_at", "-id")[:most])


def journal_of(
    records: Sequence[Record], *, most: int, at_counter_for: UUID | None = None
) -> list[Entry]:
    """Return the latest entries about some records, latest first, in one query.

    `at_counter_for` adds what clerks did in the name of that household, whatever the
    record: a request, a booking, an invoice paid.
    """
    kinds = {each._meta.label_lower for each in records}  # noqa: SLF001 - _meta is public in practice.
    chosen = Q(kind__in=sorted(kinds), record__in=[each.public_id for each in records])
    if at_counter_for is not None:
        chosen |= Q(on_behalf_of=at_counter_for)
    found = Entry.objects.filter(chosen)
    return list(found.select_related("actor").order_by("-id")[:most])
