"""How accounts reach a file that the town had before, and who asks for its number."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums import FileRequestStatus
from families.models.households import Household, Person
from foundation.records import Record
from tenants.townhall.models import Commune, LinkingMethod


class FileLinkQuerySet(models.QuerySet["FileLink"]):
    """Subsets of the links."""

    def standing(self) -> "FileLinkQuerySet":
        """Return the links that no clerk has undone."""
        return self.filter(ended_at=None)


class FileLink(Record):
    """An account took its place in a file; kept whole, so that staff can undo it.

    `typed` is what the account's holder had said of themselves, `filled` what the
    file did not know and took from it, `moved` the households they had opened before.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="file_links"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="file_links"
    )
    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="file_links"
    )
    method = models.CharField(_("method"), max_length=16, choices=LinkingMethod)
    linked_at = models.DateTimeField(_("linked at"))
    typed = models.JSONField(default=dict, editable=False)
    filled = ArrayField(models.CharField(max_length=40), default=list, editable=False)
    moved = ArrayField(models.BigIntegerField(), default=list, editable=False)
    ended_at = models.DateTimeField(_("undone at"), null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    end_reason = models.TextField(_("reason"), blank=True)

    objects = FileLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("linked account")
        verbose_name_plural = _("linked accounts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_at=None),
                name="a_person_is_linked_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | ~models.Q(end_reason=""),
                name="a_link_undone_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} / {self.household}"


class FileRequestQuerySet(models.QuerySet["FileRequest"]):
    """Subsets of the requests for a file number."""

    def waiting(self) -> "FileRequestQuerySet":
        """Return what staff have to answer, oldest first."""
        return self.filter(status=FileRequestStatus.SUBMITTED).order_by("submitted_at")


class FileRequest(Record):
    """Somebody asks for file numbers, one for each member of the family."""

    tracking_number = models.CharField(
        _("tracking number"), max_length=20, unique=True, editable=False
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="file_requests"
    )
    street = models.CharField(_("street"), max_length=200)
    street_extra = models.CharField(_("building, floor"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12)
    city = models.CharField(_("city"), max_length=120)
    country = models.CharField(_("country"), max_length=2)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, related_name="+"
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=FileRequestStatus,
        default=FileRequestStatus.SUBMITTED,
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    # The hour staff try to answer by, as it was told.
    due_at = models.DateTimeField(_("to answer before"))
    # The registration opening that the family was warned of, if any.
    warned_of = models.DateTimeField(_("warned of"), null=True)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, related_name="file_requests"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = FileRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a file number")
        verbose_name_plural = _("requests for a file number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(status=FileRequestStatus.SUBMITTED),
                name="one_waiting_file_request_per_account",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=FileRequestStatus.REFUSED)
                | ~models.Q(reason=""),
                name="a_refused_file_request_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=FileRequestStatus.ACCEPTED)
                | models.Q(household__isnull=False),
                name="an_accepted_file_request_has_a_file",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["submitted_at"],
                condition=models.Q(status=FileRequestStatus.SUBMITTED),
                name="file_requests_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.tracking_number

    def is_late(self, now: datetime) -> bool:
        """Tell whether the answer should already have been given."""
        return self.status == FileRequestStatus.SUBMITTED and now > self.due_at


class FileRequestMember(models.Model):
    """One of the people a number is asked for; the first one asks."""

    request = models.ForeignKey(
        FileRequest, on_delete=models.CASCADE, related_name="members"
    )
    position = models.IntegerField()
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    birth_date = models.DateField(_("birth date"))
    is_adult = models.BooleanField(_("adult"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["request", "position"], name="members_are_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"
