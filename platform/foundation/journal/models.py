"""The journal's tables: rows are added, never changed nor removed."""

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.journal.actions import action_name


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads of the journal."""

    def about(self, kind: str, public_id: UUID) -> "EntryQuerySet":
        """Return what happened to one record, oldest first."""
        return self.filter(kind=kind, record=public_id).order_by("id")


class Entry(models.Model):
    """One decision or event about one record."""

    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("who"),
    )
    action = models.CharField(_("action"), max_length=80, editable=False)
    kind = models.CharField(_("kind of record"), max_length=80, editable=False)
    record = models.UUIDField(_("record"), null=True, editable=False)
    label = models.CharField(_("record"), max_length=200, editable=False)
    old = models.JSONField(_("before"), default=dict, editable=False)
    new = models.JSONField(_("after"), default=dict, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    # In what capacity the actor decided, when not their own ("counter"), for whom.
    capacity = models.CharField(
        _("capacity"), max_length=20, blank=True, db_default="", editable=False
    )
    on_behalf_of = models.UUIDField(_("on behalf of"), null=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "record"], name="journal_by_record"),
            models.Index(fields=["at"], name="journal_by_time"),
            models.Index(
                fields=["on_behalf_of", "at"],
                name="journal_on_behalf_of",
                condition=models.Q(on_behalf_of__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.label}"

    @property
    def action_label(self) -> str:
        """The action in words."""
        return action_name(self.action)


class ReadingSubject(models.TextChoices):
    """What was read that the law protects more than the rest."""

    HEALTH = "health", _("Health")
    IDENTITY = "identity", _("Identity papers")
    BANK = "bank", _("Bank details")


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Reads of the readings."""

    def about(self, kind: str, public_id: UUID) -> "ReadingQuerySet":
        """Return who read one record, latest first."""
        return self.filter(kind=kind, record=public_id).order_by("-id")


class Reading(models.Model):
    """One look at protected values. It keeps no name, and nothing of what was read."""

    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("who"),
    )
    subject = models.CharField(
        _("subject"), max_length=10, choices=ReadingSubject, editable=False
    )
    what = models.CharField(_("what was shown"), max_length=120, editable=False)
    kind = models.CharField(_("kind of record"), max_length=80, editable=False)
    record = models.UUIDField(_("record"), null=True, editable=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "record"], name="readings_by_record"),
            models.Index(fields=["at"], name="readings_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.subject} {self.what}"
