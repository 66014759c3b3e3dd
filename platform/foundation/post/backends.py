"""Mail backends: the outbox in front, and the demo's mailbox behind."""

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from foundation.post.models import OutgoingMail
from foundation.post.tasks import defer_delivery
from foundation.town import current_schema

# Put on a message of which the outbox keeps nothing once it is delivered.
LEAVES_NOTHING = "X-Preau-Leaves-Nothing"


class OutboxBackend(BaseEmailBackend):
    """Stores each message in the current transaction; the worker sends it.

    A decision that is rolled back sends nothing, and one that is committed cannot
    lose its message to a mail server that is down.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the messages and defer their delivery."""
        for message in email_messages:
            mail = OutgoingMail.objects.create(
                sender=message.from_email,
                recipients=list(message.recipients()),
                reply_to=list(message.reply_to),
                subject=str(message.subject),
                text=str(message.body),
                html=_html_of(message),
                goes_once_sent=LEAVES_NOTHING in message.extra_headers,
            )
            defer_delivery(mail)
        return len(email_messages)


class MailboxBackend(BaseEmailBackend):
    """Writes each message to a file that the demo's mailbox page shows."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write one .eml file per message, in a folder named after the schema."""
        folder = Path(settings.PREAU_VAR) / "mailbox"
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            message.extra_headers.setdefault("X-Preau-Schema", current_schema())
            target = folder / f"{uuid4().hex}.eml"
            target.write_bytes(message.message().as_bytes())
        return len(email_messages)


def _html_of(message: EmailMessage) -> str:
    """Return the HTML alternative of a message, or an empty text."""
    if isinstance(message, EmailMultiAlternatives):
        for content, kind in message.alternatives:
            if kind == "text/html":
                return str(content)
    return ""
