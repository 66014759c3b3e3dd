"""Invoices: drafted by a run, then issued with a number and frozen."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.enums import InvoiceStatus, RunStatus
from billing.models.regies import Regie
from families.models import Household
from foundation.codes import DrawnCode
from foundation.records import Record
from foundation.storage import PrivateStorage
from tenants.domain.scope import Scope
from tenants.townhall.queries import within


class BillingRunQuerySet(models.QuerySet["BillingRun"]):
    """Subsets of the runs."""

    def in_scope(self, scope: Scope) -> "BillingRunQuerySet":
        """Return the runs of the régies a clerk bills for."""
        if scope.is_everything:
            return self
        return self.filter(regie__in=Regie.objects.in_scope(scope))


class BillingRun(Record):
    """The bills of one régie for a half-open period."""

    regie = models.ForeignKey(
        Regie, on_delete=models.PROTECT, related_name="runs", verbose_name=_("régie")
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    status = models.CharField(
        _("status"), max_length=10, choices=RunStatus, default=RunStatus.DRAFT
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("issued at"), null=True)

    objects = BillingRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("billing run")
        verbose_name_plural = _("billing runs")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")),
                name="a_run_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["regie"],
                condition=models.Q(status=RunStatus.DRAFT),
                name="one_draft_run_per_regie",
                violation_error_message=_("A run of this régie is still a draft."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regie} {self.from_on:%Y-%m}"


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """Subsets of the invoices."""

    def in_scope(self, scope: Scope) -> "InvoiceQuerySet":
        """Return the invoices with a line of a clerk's service and schools.

        An invoice is one document: who may read one of its lines reads it whole.
        """
        if scope.is_everything:
            return self
        mine = within(
            scope,
            department="lines__service__department_id",
            school="lines__child__school_id",
        )
        return self.filter(pk__in=Invoice.objects.filter(mine).values("pk"))

    def issued(self) -> "InvoiceQuerySet":
        """Return invoices that families see, latest first."""
        return self.exclude(status=InvoiceStatus.DRAFT).order_by("-issued_on", "-id")

    def overdue(self, *, on: date) -> "InvoiceQuerySet":
        """Return unpaid invoices past their date."""
        return self.filter(status=InvoiceStatus.OPEN, due_on__lt=on)


class Invoice(Record):
    """What one household owes for one run.

    Once it has a number, a trigger refuses any change but of its payment state and of
    the reference of its document; a correction is a credit note.
    """

    regie = models.ForeignKey(Regie, on_delete=models.PROTECT, related_name="invoices")
    run = models.ForeignKey(
        BillingRun, on_delete=models.PROTECT, null=True, related_name="invoices"
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="invoices"
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=InvoiceStatus,
        default=InvoiceStatus.DRAFT,
    )
    series_year = models.IntegerField(null=True)
    number = models.IntegerField(_("number"), null=True)
    # Null, not empty, until issued: several drafts must not collide.
    reference = models.CharField(  # noqa: DJ001 - said above.
        _("reference"), max_length=30, null=True, unique=True
    )
    # At the foot of the page: one of the four facts that link an account.
    emission_code = models.CharField(
        _("issue code"), max_length=12, db_default=DrawnCode(), editable=False
    )
    issued_on = models.DateField(_("issued on"), null=True)
    due_on = models.DateField(_("to pay before"), null=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    total_minor = models.BigIntegerField(_("total"))
    paid_minor = models.BigIntegerField(_("paid"), default=0)
    currency = models.CharField(max_length=3)
    # Name, address, file number of the addressee, as they were on the day of issue.
    addressee = models.JSONField(default=dict)
    # Why some of its lines bear no tax, each reason once, as it was on the day.
    exemptions = models.JSONField(_("exemptions"), default=list)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)
    document = models.FileField(storage=PrivateStorage(), max_length=200, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["regie", "series_year", "number"],
                name="an_invoice_number_is_given_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status=InvoiceStatus.DRAFT,
                    number__isnull=True,
                    reference__isnull=True,
                    issued_on__isnull=True,
                )
                | (
                    ~models.Q(status=InvoiceStatus.DRAFT)
                    & models.Q(
                        number__isnull=False,
                        reference__isnull=False,
                        issued_on__isnull=False,
                        due_on__isnull=False,
                        series_year__isnull=False,
                    )
                ),
                name="an_invoice_has_a_number_once_issued",
            ),
            models.CheckConstraint(
                condition=models.Q(total_minor__gte=0, paid_minor__gte=0),
                name="invoice_amounts_are_not_negative",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=InvoiceStatus.PAID)
                | models.Q(paid_minor__gte=models.F("total_minor")),
                name="a_paid_invoice_is_paid_in_full",
            ),
            models.UniqueConstraint(
                fields=["run", "household"], name="one_invoice_per_run_and_household"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["household", "-issued_on"], name="invoices_of_household"
            )
        ]

    def __str__(self) -> str:
        return self.reference or str(_("Draft"))

    @property
    def left_minor(self) -> int:
        """Amount still to pay, in minor units."""
        return max(self.total_minor - self.paid_minor, 0)
