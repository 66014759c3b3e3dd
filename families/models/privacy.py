"""Copies of data for people, periods of keeping, and what was erased."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums.privacy import CopyState, ErasureKind, ErasureStatus, RunState
from families.models.households import Household, Person
from foundation.records import Record
from foundation.storage import PrivateStorage


class DataCopy(Record):
    """Everything the town knows of a person, as one encrypted file for some days.

    `reason` is empty when the person asked; a clerk who asks says why. The person
    finds it in their space, or is given it at the counter.
    """

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="data_copies"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    reason = models.TextField(_("reason"), blank=True)
    is_for_counter = models.BooleanField(_("given at the counter"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=CopyState, default=CopyState.WAITING
    )
    made_at = models.DateTimeField(_("made at"), null=True)
    file = models.FileField(storage=PrivateStorage(), max_length=200, blank=True)

    class Meta:
        verbose_name = _("copy of somebody's data")
        verbose_name_plural = _("copies of people's data")
        permissions: ClassVar = [
            ("copy_data", _("Can make a copy of somebody's data for them"))
        ]
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


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    """Subsets of the requests."""

    def waiting(self) -> "ErasureRequestQuerySet":
        """Return what the town has to answer, the most pressing first."""
        return self.filter(status=ErasureStatus.ASKED).order_by("due_on", "pk")


class ErasureRequest(Record):
    """A family asks that its file be erased, and the town answers within a month.

    Once it is erased, the reason goes; who, when and what was decided stay.
    """

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="erasure_requests"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    # The last day to answer.
    due_on = models.DateField(_("to answer before the end of"))
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ErasureStatus,
        default=ErasureStatus.ASKED,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    # When the administrators were told that the month is nearly over.
    warned_at = models.DateTimeField(null=True, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for erasure")
        verbose_name_plural = _("requests for erasure")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(
                    status__in=[ErasureStatus.ASKED, ErasureStatus.ACCEPTED]
                ),
                name="a_family_asks_for_erasure_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ErasureStatus.REFUSED)
                | ~models.Q(reason=""),
                name="a_refused_erasure_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household}"


class ErasureRun(Record):
    """One count of what is kept too long, or one erasure of it.

    `report` has counts and days, and names nobody, not even by a file number.
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
