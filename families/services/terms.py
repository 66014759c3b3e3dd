"""The terms of use: a draft, its publication, and each acceptance.

Publishing asks every family again, at their next page. What was accepted stays
readable word for word.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from families.models import Terms, TermsAcceptance
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record


class NothingToPublishError(DomainError):
    """There is no draft, or it is empty."""

    def __init__(self) -> None:
        super().__init__(_("Write the text first, then publish it."))


class TermsOverError(DomainError):
    """A newer version was published while this one was being read."""

    def __init__(self) -> None:
        super().__init__(_("A newer version has just come. Please read it."))


@transaction.atomic
def write_draft(*, body: str, actor: Account | None) -> Terms:
    """Keep the text of the next version; there is one draft at a time."""
    draft = Terms.objects.select_for_update(of=("self",)).filter(published_at=None)
    found = draft.first() or Terms()
    if found.body != body or found.pk is None:
        found.body = body
        found.save()
        record(actor=actor, action="terms drafted", target=found)
    return found


@transaction.atomic
def publish_terms(*, actor: Account | None, now: datetime) -> Terms:
    """Publish the draft: from now on, families accept this version to go on.

    Raises NothingToPublishError, also for the second of two clerks.
    """
    found = Terms.objects.select_for_update(of=("self",)).filter(published_at=None)
    draft = found.first()
    if draft is None or not draft.body.strip():
        raise NothingToPublishError
    latest = Terms.objects.aggregate(latest=Max("number"))["latest"] or 0
    draft.number = latest + 1
    draft.published_at = now
    draft.published_by = actor
    draft.save()
    record(
        actor=actor,
        action="terms published",
        target=draft,
        new={"version": draft.number},
    )
    return draft


@transaction.atomic
def accept_terms(
    *, account: Account, version: UUID, address: str | None, now: datetime
) -> TermsAcceptance:
    """Keep that a person accepted a version; once, whoever clicks twice.

    `version` is the public identifier of what was read, `address` the network address
    of the request. Raises TermsOverError when that version is no longer in force.
    """
    current = Terms.objects.published().first()
    if current is None or current.public_id != version:
        raise TermsOverError
    kept, _created = TermsAcceptance.objects.get_or_create(
        account=account,
        terms=current,
        defaults={"accepted_at": now, "address": address},
    )
    return kept
