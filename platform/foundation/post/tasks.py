"""Jobs of the outbox."""

from django.utils import timezone

from foundation.jobs.town import town_task
from foundation.post.models import OutgoingMail


@town_task(queue="mail", retries=8, in_public=True)
def deliver(*, mail_id: int) -> None:
    """Deliver one message."""
    from foundation.post.services import deliver_mail  # noqa: PLC0415 - cycle with backends.

    deliver_mail(mail_id=mail_id, now=timezone.now())


def defer_delivery(mail: OutgoingMail) -> None:
    """Queue a message in the current transaction."""
    deliver.defer(mail_id=mail.pk)
