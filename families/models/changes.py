"""Changes that families ask for, what the town checks first, and the yearly review."""

from datetime import datetime, time
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums import AnswerUnit, ChangeStatus
from families.models.children import Child
from families.models.households import Household, Person
from foundation.encryption import EncryptedTextField
from foundation.records import Record
from tenants.domain.scope import Scope


class FileRules(models.Model):
    """How the town keeps the families' files up to date; one row."""

    checked = models.JSONField(_("what the town checks first"), default=list)
    answer_hours = models.IntegerField(
        _("hours to answer"),
        default=72,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
    )
    answer_unit = models.CharField(
        _("which hours count"),
        max_length=16,
        choices=AnswerUnit,
        default=AnswerUnit.WORKING_HOURS,
    )
    opens_at = models.TimeField(_("opening of the town hall"), default=time(9))
    closes_at = models.TimeField(_("closing of the town hall"), default=time(17))
    review_month = models.IntegerField(
        _("month of the yearly review"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    review_day = models.IntegerField(
        _("day of the yearly review"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
    )
    # The season whose reminder was sent, so that it is sent once.
    reminded_season = models.IntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("rules of the families' files")
        verbose_name_plural = _("rules of the families' files")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(id=1), name="a_town_has_one_row_of_file_rules"
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at")),
                name="the_town_hall_opens_before_it_closes",
                violation_error_message=_("The town hall opens before it closes."),
            ),
            models.CheckConstraint(
                condition=models.Q(answer_hours__range=(1, 720)),
                name="an_answer_takes_a_sensible_time",
            ),
            models.CheckConstraint(
                condition=models.Q(review_month=None, review_day=None)
                | models.Q(review_month__range=(1, 12), review_day__range=(1, 28)),
                name="a_yearly_review_has_a_day_and_a_month",
                violation_error_message=_("Choose both the day and the month."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Changes by families"))


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    """Subsets of the change requests."""

    def waiting(self) -> "ChangeRequestQuerySet":
        """Return what the town has to decide, what is due first on top."""
        return self.filter(closed_at=None).order_by("due_at", "id")

    def in_scope(self, scope: Scope) -> "ChangeRequestQuerySet":
        """Return the requests of families a clerk may see, about children they may see.

        A request that is also about a child of another school is left to those who see
        the whole of it.
        """
        if scope.is_everything:
            return self
        unseen = ProposedValue.objects.filter(
            request=models.OuterRef("pk"), child__isnull=False
        ).exclude(child__in=Child.objects.in_scope(scope))
        return self.filter(household__in=Household.objects.in_scope(scope)).exclude(
            models.Exists(unseen)
        )

    def late(self, *, now: datetime) -> "ChangeRequestQuerySet":
        """Return what should have been decided already."""
        return self.waiting().filter(due_at__lt=now)


class ChangeRequest(Record):
    """What one form of a family asks the town to change.

    `closed_at` is empty while a value waits; `due_at` is when the answer was promised.
    """

    tracking_number = models.CharField(
        _("tracking number"), max_length=20, unique=True, editable=False
    )
    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="change_requests"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    due_at = models.DateTimeField(_("answer due"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a file")
        verbose_name_plural = _("changes of files")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(closed_at=None),
                name="changes_waiting",
            ),
            models.Index(
                fields=["household", "submitted_at"], name="changes_of_household"
            ),
        ]

    def __str__(self) -> str:
        return self.tracking_number


class ProposedValueQuerySet(models.QuerySet["ProposedValue"]):
    """Subsets of the proposed values."""

    def waiting(self) -> "ProposedValueQuerySet":
        """Return what is not decided yet."""
        return self.filter(status=ChangeStatus.WAITING)


class ProposedValue(Record):
    """One field that a family wants to change; `old` and `new` are JSON, encrypted.

    It is about the household itself, or about one of its adults or children.
    """

    request = models.ForeignKey(
        ChangeRequest, on_delete=models.CASCADE, related_name="values"
    )
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="+"
    )
    child = models.ForeignKey(
        Child, on_delete=models.CASCADE, null=True, related_name="+"
    )
    # A key of `families.domain.editable`.
    part = models.CharField(_("part of the file"), max_length=40)
    field = models.CharField(_("field"), max_length=40)
    old = EncryptedTextField(_("before"))
    new = EncryptedTextField(_("after"))
    status = models.CharField(
        _("status"), max_length=12, choices=ChangeStatus, default=ChangeStatus.WAITING
    )
    reason = models.TextField(_("reason"), blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)

    objects = ProposedValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed value")
        verbose_name_plural = _("proposed values")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["household", "person", "child", "part", "field"],
                condition=models.Q(status=ChangeStatus.WAITING),
                nulls_distinct=False,
                name="one_waiting_value_of_a_field",
            ),
            models.CheckConstraint(
                condition=models.Q(person=None) | models.Q(child=None),
                name="a_value_is_about_one_record",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ChangeStatus.REFUSED) | ~models.Q(reason=""),
                name="a_refused_value_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status=ChangeStatus.WAITING, closed_at=None, closed_by=None
                )
                | ~models.Q(status=ChangeStatus.WAITING)
                & models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_closed_value_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}.{self.field}"

    @property
    def target(self) -> Household | Person | Child:
        """The record that the value belongs to."""
        return self.child or self.person or self.household


class FileReview(models.Model):
    """An adult said that the household's file is right; never changed, only added.

    `season` is the year in which the review was opened.
    """

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="reviews"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"))
    season = models.IntegerField(_("year"))

    class Meta:
        verbose_name = _("yearly review")
        verbose_name_plural = _("yearly reviews")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["household", "-at"], name="reviews_of_household")
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.season}"
