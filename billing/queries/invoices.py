"""Reads of invoices and payments: a family's own, and the clerks' lists."""

from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from billing.enums import AttemptStatus, InvoiceStatus
from billing.models import Allocation, Invoice, LedgerEntry, Payment, PaymentAttempt
from families.models import Household
from tenants.domain.scope import Scope

UNPAID = (InvoiceStatus.OPEN, InvoiceStatus.PENDING)


def invoices_of(household: Household) -> QuerySet[Invoice]:
    """Return the issued invoices of a household, latest first."""
    return Invoice.objects.issued().filter(household=household).select_related("regie")


def latest_and_to_pay(household: Household, *, most: int) -> list[Invoice]:
    """Return the latest invoices, at most so many, and all to pay now: one query."""
    latest = Invoice.objects.issued().filter(household=household).values("pk")[:most]
    due = Q(status=InvoiceStatus.OPEN)
    return list(invoices_of(household).filter(Q(pk__in=latest) | due))


def totals_to_pay(household: Household) -> list[tuple[str, int]]:
    """Return currencies and what is left to pay in each: one, in practice."""
    sums = (
        Invoice.objects.filter(household=household, status=InvoiceStatus.OPEN)
        .values("currency")
        .annotate(left=Sum("total_minor") - Sum("paid_minor"))
        .order_by("currency")
    )
    return [(each["currency"], int(each["left"])) for each in sums]


def credit_of(household: Household) -> int:
    """Return the credit a household has in hand, in minor units."""
    entries = LedgerEntry.objects.filter(household=household, account="credit")
    return -int(entries.aggregate(sum=Sum("amount_minor", default=0))["sum"])


def get_invoice(household: Household, public_id: UUID) -> Invoice:
    """Return an issued invoice of a household.

    Raises Http404 for any other, exactly as for one that does not exist.
    """
    found = invoices_of(household).select_related("household")
    return get_object_or_404(found, public_id=public_id)


def get_payment(household: Household, public_id: UUID) -> Payment:
    """Return a payment of a household, or raise Http404."""
    found = Payment.objects.filter(household=household).select_related("regie")
    return get_object_or_404(found, public_id=public_id)


def get_attempt(household: Household, public_id: UUID) -> PaymentAttempt:
    """Return an attempt to pay an invoice of a household, or raise Http404."""
    found = PaymentAttempt.objects.filter(invoice__household=household)
    return get_object_or_404(
        found.select_related("invoice__regie", "payment"), public_id=public_id
    )


def payments_of(invoice: Invoice) -> QuerySet[Allocation]:
    """Return what settled an invoice, latest first, each with its payment."""
    return (
        Allocation.objects.filter(invoice=invoice)
        .select_related("payment")
        .order_by("-payment__received_at", "-id")
    )


def find_waiting_attempt(invoice: Invoice) -> PaymentAttempt | None:
    """Return the attempt of an invoice that is not over, if any."""
    return PaymentAttempt.objects.filter(
        invoice=invoice, status__in=[AttemptStatus.CREATED, AttemptStatus.OPEN]
    ).first()


def search_invoices(
    *, scope: Scope, words: str, status: str, regie: str
) -> QuerySet[Invoice]:
    """Return the clerks' list: by reference, file number or name; latest first."""
    found = (
        Invoice.objects.in_scope(scope)
        .select_related("household", "regie")
        .exclude(status=InvoiceStatus.DRAFT)
    )
    if words:
        found = found.filter(
            Q(reference__icontains=words)
            | Q(household__file_number__icontains=words)
            | Q(addressee__name__icontains=words)
        )
    if status:
        found = found.filter(status=status)
    if regie:
        found = found.filter(regie__code=regie)
    return found.order_by("-issued_on", "-number", "-id")
