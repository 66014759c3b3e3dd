"""Copies of data for people, periods of keeping, and what was erased."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums.privacy import CopyState, ErasureKind, RunState
from families.models.households import Household, Person
from foundation.records import Record
from foundation.storage import PrivateStorage


class DataCopy(Record):
    """Everything the town knows of a person, as one encrypted file for some days.

    `reason` is empty when the person asked; a clerk who asks says why.
    """

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="data_copies"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    reason = models.TextField(_("reason"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=CopyState, default=CopyState.WAITING
    )
    made_at = models.DateTimeField(_("made at"), null=True)
    file = models.FileField(storage=PrivateStorage(), max_length=200, blank=True)

    class Meta:
        verbose_name = _("copy of somebody's data")
        verbose_name_plural = _("copies of people's data")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state=CopyState.WAITING),
                name="one_copy_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


class RetentionPeriod(models.Model):
    """How long the town keeps one kind of data, where it differs from the default."""

    rule = models.CharField(_("rule"), max_length=40, unique=True)
    number = models.IntegerField(_("period"))
    # Without it, the monthly job only says what is over.
    is_automatic = models.BooleanField(_("erased every month"), default=False)

    class Meta:
        verbose_name = _("period of keeping")
        verbose_name_plural = _("periods of keeping")
        permissions: ClassVar = [("erase_data", _("Can erase what is kept too long"))]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(number__gte=0), name="a_period_is_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.rule


class ErasureRequest(Record):
    """A family asks that its file be erased."""

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="erasure_requests"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    erased_at = models.DateTimeField(_("erased at"), null=True)

    class Meta:
        verbose_name = _("request for erasure")
        verbose_name_plural = _("requests for erasure")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(erased_at=None),
                name="a_family_asks_for_erasure_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.household}"


class ErasureRun(Record):
    """One count of what is kept too long, or one erasure of it; `report` has counts.

    A report names files by their number only.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ErasureKind)
    state = models.CharField(
        _("state"), max_length=10, choices=RunState, default=RunState.WAITING
    )
    # Nobody for the monthly job.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    reason = models.TextField(_("reason"), blank=True)
    made_at = models.DateTimeField(_("made at"), null=True)
    report = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(kind=ErasureKind.REAL, asked_by__isnull=False)
                | ~models.Q(reason=""),
                name="an_erasure_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
