"""What clerks prepare and did: ready sentences, decisions on many requests."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from enrolment.enums import BulkAction, SentenceUse
from foundation.records import Record


class ReadySentenceQuerySet(models.QuerySet["ReadySentence"]):
    """Subsets of the sentences."""

    def for_use(self, use: str) -> "ReadySentenceQuerySet":
        """Return the sentences of one use, in the town's order."""
        return self.filter(use=use).order_by("position", "title", "id")


class ReadySentence(Record):
    """A reason that clerks often write, as the family reads it."""

    use = models.CharField(_("used to"), max_length=16, choices=SentenceUse)
    title = models.CharField(_("short name"), max_length=80)
    sentence = models.TextField(_("what the family reads"))
    position = models.IntegerField(_("order"), default=0)

    objects = ReadySentenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("ready sentence")
        verbose_name_plural = _("ready sentences")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["use", "title"],
                name="a_ready_sentence_is_once",
                violation_error_message=_("This short name is already used."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class BulkDecision(Record):
    """One decision taken on many requests at once, and what came of each.

    `outcomes` is a list of {"number": tracking number, "why": sentence}; an empty
    `why` means that it was done.
    """

    action = models.CharField(_("decision"), max_length=8, choices=BulkAction)
    outcomes = models.JSONField(_("outcomes"), default=list)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision on many requests")
        verbose_name_plural = _("decisions on many requests")

    def __str__(self) -> str:
        return str(self.get_action_display())
