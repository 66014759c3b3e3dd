"""Payments, the attempts that lead to them, and what the provider told us."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.enums import AttemptStatus, PaymentMethod
from billing.models.invoices import Invoice
from billing.models.regies import Regie
from families.models import Household
from foundation.records import Record
from foundation.storage import PrivateStorage


class PaymentAttempt(Record):
    """Recorded before the provider is called, so that no call is made twice."""

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="attempts"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=AttemptStatus,
        default=AttemptStatus.CREATED,
    )
    provider_session = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    expires_at = models.DateTimeField(null=True)
    failure = models.CharField(_("reason of the failure"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("payment attempt")
        verbose_name_plural = _("payment attempts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["invoice"],
                condition=models.Q(
                    status__in=[AttemptStatus.CREATED, AttemptStatus.OPEN]
                ),
                name="one_open_attempt_per_invoice",
            ),
            models.UniqueConstraint(
                fields=["provider_session"],
                condition=~models.Q(provider_session=""),
                name="a_provider_session_is_of_one_attempt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.status}"


class Payment(Record):
    """Money received from a household."""

    regie = models.ForeignKey(Regie, on_delete=models.PROTECT, related_name="payments")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="payments"
    )
    attempt = models.OneToOneField(
        PaymentAttempt, on_delete=models.PROTECT, null=True, related_name="payment"
    )
    method = models.CharField(_("method"), max_length=14, choices=PaymentMethod)
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3)
    received_at = models.DateTimeField(_("received at"))
    provider_reference = models.CharField(max_length=120, blank=True)
    receipt_year = models.IntegerField()
    receipt_number = models.IntegerField()
    receipt_reference = models.CharField(_("receipt"), max_length=30, unique=True)
    document = models.FileField(storage=PrivateStorage(), max_length=200, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="a_payment_is_positive"
            ),
            models.UniqueConstraint(
                fields=["regie", "receipt_year", "receipt_number"],
                name="a_receipt_number_is_given_once",
            ),
            models.UniqueConstraint(
                fields=["provider_reference"],
                condition=~models.Q(provider_reference=""),
                name="a_provider_payment_is_recorded_once",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_reference


class Allocation(models.Model):
    """The part of a payment that settles an invoice."""

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="allocations"
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="allocations"
    )
    amount_minor = models.BigIntegerField(_("amount"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0),
                name="an_allocation_is_positive",
            ),
            models.UniqueConstraint(
                fields=["payment", "invoice"], name="one_allocation_per_invoice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment} / {self.invoice}"


class ProviderEvent(models.Model):
    """An event of the payment provider, stored once, then applied by the worker."""

    event_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=80)
    account = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=120)
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("provider event")
        verbose_name_plural = _("provider events")

    def __str__(self) -> str:
        return self.event_id
