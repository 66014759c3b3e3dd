"""The outbox."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.records import Record


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Reads of the outbox."""

    def waiting(self) -> "OutgoingMailQuerySet":
        """Return messages not delivered yet."""
        return self.filter(sent_at=None)


class OutgoingMail(Record):
    """One message to one or several addresses, with its attachments left out.

    Documents are never attached: the message links to the page that shows them. What
    it says is forgotten once it is delivered; who was written to, when and about what
    stays.
    """

    sender = models.CharField(_("from"), max_length=320)
    recipients = models.JSONField(_("to"))
    reply_to = models.JSONField(_("reply to"), default=list)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField(_("formatted text"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    tries = models.IntegerField(_("tries"), default=0)
    # The last message to somebody who is erased: nothing of it stays.
    goes_once_sent = models.BooleanField(default=False, editable=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["created_at"],
                name="mail_waiting",
                condition=models.Q(sent_at=None),
            ),
            # The messages to a family, on its file.
            GinIndex(fields=["recipients"], name="mail_by_recipient"),
        ]

    def __str__(self) -> str:
        return self.subject
