"""Deliver a stored message."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from foundation.post.models import OutgoingMail


@transaction.atomic
def deliver_mail(*, mail_id: int, now: datetime) -> bool:
    """Send a waiting message; return False when it had been sent already.

    The row is locked while the mail server answers, so that two workers never send
    the same message. Errors of the server are raised, and a row that is not there is
    one too (OutgoingMail.DoesNotExist): the job is tried again.
    """
    mail = OutgoingMail.objects.select_for_update(of=("self",)).get(pk=mail_id)
    if mail.sent_at is not None:
        return False
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        mail.sender,
        mail.recipients,
        reply_to=mail.reply_to,
        connection=get_connection(settings.DELIVERY_EMAIL_BACKEND),
        headers={"Message-ID": f"<{mail.public_id}@{settings.PLATFORM_HOST}>"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    message.send()
    if mail.goes_once_sent:
        mail.delete()
        return True
    mail.sent_at = now
    mail.tries += 1
    # One-time links and temporary passwords are the addressee's, not the outbox's.
    mail.text = mail.html = ""
    mail.save(update_fields=["sent_at", "tries", "text", "html"])
    return True
