"""What can be collected, from whom."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from billing.enums import AttemptStatus, InvoiceStatus, MandateStatus
from billing.models import (
    DirectDebitBatch,
    Invoice,
    Mandate,
    PaymentAttempt,
    Regie,
)
from families.models import Household
from tenants.domain.scope import Scope


def collectable_invoices(regie: Regie, *, now: datetime) -> QuerySet[Invoice]:
    """Return open invoices of households with a mandate, with `tries` made before.

    An invoice somebody is paying by card right now is left for another time.
    """
    mandates = Mandate.objects.filter(
        regie=regie, household=OuterRef("household"), status=MandateStatus.ACTIVE
    )
    being_paid = PaymentAttempt.objects.filter(
        invoice=OuterRef("pk"),
        status__in=[AttemptStatus.CREATED, AttemptStatus.OPEN],
        expires_at__gt=now,
    )
    tries = (
        Invoice.objects.filter(pk=OuterRef("pk"))
        .annotate(times=Count("debits"))
        .values("times")
    )
    return (
        Invoice.objects.filter(regie=regie, status=InvoiceStatus.OPEN)
        .filter(Exists(mandates))
        .exclude(Exists(being_paid))
        .select_related("regie")
        .annotate(tries=tries)
    )


def batches(scope: Scope) -> QuerySet[DirectDebitBatch]:
    """Return a clerk's bank files, each with its number of debits, newest first."""
    return (
        DirectDebitBatch.objects.in_scope(scope)
        .select_related("regie", "made_by")
        .annotate(debit_count=Count("debits"), sum=Sum("debits__amount_minor"))
        .order_by("-created_at", "-id")
    )


def mandates_of(household: Household) -> QuerySet[Mandate]:
    """Return the mandates a household signed, the active ones first."""
    return (
        Mandate.objects.filter(household=household)
        .select_related("regie")
        .order_by("status", "-signed_at", "-id")
    )


def regies_to_sign(household: Household) -> QuerySet[Regie]:
    """Return régies that take debits and that the household has not signed for."""
    signed = Mandate.objects.filter(
        regie=OuterRef("pk"), household=household, status=MandateStatus.ACTIVE
    )
    return (
        Regie.objects.filter(takes_direct_debits=True)
        .exclude(creditor_id="")
        .exclude(Exists(signed))
        .order_by("name")
    )
