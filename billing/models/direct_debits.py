"""Mandates that families sign, and the files the bank receives."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.enums import BatchStatus, MandateStatus
from billing.models.invoices import Invoice
from billing.models.regies import Regie
from families.models import Household
from foundation.encryption import EncryptedTextField
from foundation.records import Record
from foundation.storage import PrivateStorage
from tenants.domain.scope import Scope


class Mandate(Record):
    """A household lets a régie collect what it owes. The IBAN is never in clear."""

    regie = models.ForeignKey(Regie, on_delete=models.PROTECT, related_name="mandates")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="mandates"
    )
    reference = models.CharField(
        _("mandate reference (RUM)"), max_length=35, unique=True
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=MandateStatus,
        default=MandateStatus.ACTIVE,
    )
    holder = models.CharField(_("account holder"), max_length=70)
    iban = EncryptedTextField(_("IBAN"))
    iban_masked = models.CharField(_("IBAN"), max_length=40)
    iban_index = models.BinaryField(max_length=32)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed at"))
    # What the person saw and did: text shown, address, browser.
    signature = models.JSONField(default=dict)
    first_collected_on = models.DateField(null=True)
    last_collected_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    document = models.FileField(storage=PrivateStorage(), max_length=200, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["regie", "household"],
                condition=models.Q(status=MandateStatus.ACTIVE),
                name="one_active_mandate_per_household",
                violation_error_message=_("An active mandate already exists."),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class DirectDebitBatchQuerySet(models.QuerySet["DirectDebitBatch"]):
    """Subsets of the bank files."""

    def in_scope(self, scope: Scope) -> "DirectDebitBatchQuerySet":
        """Return the bank files of the régies a clerk bills for."""
        if scope.is_everything:
            return self
        return self.filter(regie__in=Regie.objects.in_scope(scope))


class DirectDebitBatch(Record):
    """One file for the bank."""

    regie = models.ForeignKey(Regie, on_delete=models.PROTECT, related_name="batches")
    collection_on = models.DateField(_("collection date"))
    status = models.CharField(
        _("status"), max_length=10, choices=BatchStatus, default=BatchStatus.DRAFT
    )
    message_id = models.CharField(_("message"), max_length=35, unique=True)
    file = models.FileField(storage=PrivateStorage(), max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    total_minor = models.BigIntegerField(_("total"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    exported_at = models.DateTimeField(null=True)

    objects = DirectDebitBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("direct debit batch")
        verbose_name_plural = _("direct debit batches")

    def __str__(self) -> str:
        return self.message_id


class DirectDebit(models.Model):
    """One invoice collected in a batch."""

    batch = models.ForeignKey(
        DirectDebitBatch, on_delete=models.PROTECT, related_name="debits"
    )
    mandate = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, related_name="debits"
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="debits"
    )
    amount_minor = models.BigIntegerField(_("amount"))
    sequence = models.CharField(max_length=4)
    end_to_end_id = models.CharField(max_length=35, unique=True)

    class Meta:
        verbose_name = _("direct debit")
        verbose_name_plural = _("direct debits")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="a_debit_is_positive"
            ),
            models.UniqueConstraint(
                fields=["batch", "invoice"], name="an_invoice_is_once_in_a_batch"
            ),
        ]

    def __str__(self) -> str:
        return self.end_to_end_id
