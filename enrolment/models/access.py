"""Asking for a service, and being accepted in it."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.enums import Silence
from catalog.models import Requirement, Service, Situation
from enrolment.enums import LISTED_REQUESTS, LIVE_REQUESTS, RequestStatus
from families.models import Child, Household, Proof
from families.models.standing import DateRange
from foundation.records import Record
from tenants.domain.scope import Scope
from tenants.townhall.queries import within


def _within(scope: Scope) -> models.Q:
    return within(scope, department="service__department_id", school="child__school_id")


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    """Subsets of the requests."""

    def waiting(self) -> "AccessRequestQuerySet":
        """Return what staff have to review, oldest first."""
        return self.filter(status=RequestStatus.SUBMITTED).order_by("submitted_at")

    def listed(self) -> "AccessRequestQuerySet":
        """Return what is on a waiting list, a place offered or not."""
        return self.filter(status__in=LISTED_REQUESTS)

    def in_scope(self, scope: Scope) -> "AccessRequestQuerySet":
        """Return the requests for a clerk's services, by children of their schools."""
        return self.filter(_within(scope))


class AccessRequest(Record):
    """A family asks that a child be accepted in a service."""

    tracking_number = models.CharField(
        _("tracking number"), max_length=20, unique=True, editable=False
    )
    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="access_requests"
    )
    child = models.ForeignKey(
        Child, on_delete=models.CASCADE, related_name="access_requests"
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="access_requests"
    )
    situation = models.ForeignKey(
        Situation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(
        _("status"), max_length=12, choices=RequestStatus, default=RequestStatus.DRAFT
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by_silence = models.BooleanField(_("decided by silence"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    # The legal clock, frozen when the request is sent: what was acknowledged stays.
    silence = models.CharField(
        _("without an answer in time"),
        max_length=10,
        choices=Silence,
        default=Silence.NOTHING,
    )
    silence_months = models.IntegerField(_("months to answer"), default=2)
    # The last day to answer; empty where no law says one, and while acceptance by
    # silence waits for a missing piece.
    answer_due_on = models.DateField(_("answer due"), null=True)
    clock_stopped_on = models.DateField(_("clock stopped on"), null=True)
    alerted_on = models.DateField(_("department warned on"), null=True)
    # Of a waiting list: the first day wished, as the family answered the form.
    wished_on = models.DateField(_("wished from"), null=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("access request")
        verbose_name_plural = _("access requests")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["child", "service", "household"],
                condition=models.Q(status__in=LIVE_REQUESTS),
                name="one_open_request_per_child_and_service",
                violation_error_message=_(
                    "A request for this child and service is already open."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(status=RequestStatus.REFUSED)
                | ~models.Q(reason=""),
                name="a_refused_request_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by_silence=False)
                | models.Q(decided_by=None, decided_at__isnull=False),
                name="nobody_decides_by_silence",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["submitted_at"],
                condition=models.Q(status=RequestStatus.SUBMITTED),
                name="requests_waiting",
            ),
            models.Index(
                fields=["answer_due_on", "submitted_at"],
                condition=models.Q(status=RequestStatus.SUBMITTED),
                name="requests_by_due_day",
            ),
            models.Index(
                fields=["submitted_at", "service"], name="requests_by_month_sent"
            ),
        ]

    def __str__(self) -> str:
        return self.tracking_number


class RequestedProof(models.Model):
    """The proof given for one requirement of a request."""

    request = models.ForeignKey(
        AccessRequest, on_delete=models.CASCADE, related_name="requested_proofs"
    )
    requirement = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, related_name="+"
    )
    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="requests")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["request", "requirement"],
                name="a_requirement_is_met_once_in_a_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request} / {self.requirement}"


class AccessQuerySet(models.QuerySet["Access"]):
    """Subsets of the accesses."""

    def in_scope(self, scope: Scope) -> "AccessQuerySet":
        """Return the accesses to a clerk's services, of children of their schools."""
        return self.filter(_within(scope))

    def on(self, day: date) -> "AccessQuerySet":
        """Return the accesses that hold on a day."""
        return self.filter(
            models.Q(until_on=None) | models.Q(until_on__gt=day), from_on__lte=day
        )


class Access(Record):
    """A child is accepted in a service from a day, until another one."""

    request = models.OneToOneField(
        AccessRequest, on_delete=models.PROTECT, null=True, related_name="access"
    )
    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="accesses"
    )
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="accesses")
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="accesses"
    )
    situation = models.ForeignKey(
        Situation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("accesses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(until_on__gt=models.F("from_on")),
                name="an_access_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="one_access_on_a_day",
                expressions=[
                    (
                        DateRange("from_on", "until_on", RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                    ("household", RangeOperators.EQUAL),
                    ("child", RangeOperators.EQUAL),
                    ("service", RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} / {self.service}"
