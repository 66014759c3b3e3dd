"""Believe the payment provider's messages only as far as our own records agree."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from billing.gateways.checkout import EventNotice
from billing.models import PaymentAttempt, ProviderEvent
from billing.signals import event_stored

APPLIED_KINDS = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "checkout.session.expired",
    }
)
"""Messages that may change where an attempt stands; others are let go."""


class UnknownAttemptError(Exception):
    """The message is about no attempt of this town, or of another account."""


@transaction.atomic
def store_event(*, notice: EventNotice, now: datetime) -> bool:
    """Store a verified message once; return False when it was known.

    Its effect follows as a job. Raises UnknownAttemptError, and stores nothing, when
    the attempt, its invoice, its page and its account are not ours and together.
    """
    attempt = _attempt_of(notice)
    event, is_new = ProviderEvent.objects.get_or_create(
        event_id=notice.id,
        defaults={
            "kind": notice.kind,
            "account": notice.account,
            "object_id": notice.object_id,
            "received_at": now,
        },
    )
    if is_new:
        event_stored.send(
            sender=ProviderEvent, event_id=event.pk, attempt_id=attempt.pk
        )
    return is_new


def _attempt_of(notice: EventNotice) -> PaymentAttempt:
    try:
        attempt = (
            PaymentAttempt.objects.select_related("invoice__regie")
            .filter(
                public_id=notice.metadata["attempt"],
                invoice__public_id=notice.metadata["invoice"],
            )
            .get()
        )
    except (KeyError, ValidationError, PaymentAttempt.DoesNotExist) as error:
        raise UnknownAttemptError from error
    account = attempt.invoice.regie.stripe_account
    if not account or notice.account != account:
        raise UnknownAttemptError
    # A page we do not know yet is that of a call whose answer was lost.
    if attempt.provider_session not in {"", notice.object_id}:
        raise UnknownAttemptError
    return attempt
