"""Bill at once what an order prepays: holiday courses, mostly."""

from datetime import datetime

from django.db import transaction

from billing.enums import InvoiceStatus, MoneyAction
from billing.models import Invoice, Regie
from billing.services.adding_up import complete_drafts
from billing.services.days import local_day
from billing.services.issuing import issue_invoices
from billing.services.lines import draft_order
from billing.signals import invoice_issued
from catalog.enums import BillingMode
from enrolment.enums import BookingStatus
from enrolment.models import Booking, Order
from foundation.journal.services import record


@transaction.atomic
def bill_order(*, order: Order, now: datetime) -> list[Invoice]:
    """Issue one invoice per régie for the prepaid bookings of a confirmed order.

    Asked again, it finds nothing left to bill and returns no invoice.
    """
    regies = Regie.objects.select_for_update(of=("self",)).filter(
        pk__in=_regies_of(order)
    )
    return [
        invoice
        for regie in regies.order_by("pk")
        for invoice in _bill(order, regie, now=now)
    ]


def _regies_of(order: Order) -> list[int]:
    waiting = Booking.objects.filter(
        order=order,
        status=BookingStatus.BOOKED,
        charge=None,
        session__activity__service__billing_mode=BillingMode.PREPAID,
    )
    found = waiting.values_list("session__activity__service__regies", flat=True)
    return list(found.exclude(session__activity__service__regies=None).distinct())


def _bill(order: Order, regie: Regie, *, now: datetime) -> list[Invoice]:
    drafts = draft_order(regie=regie, order_id=order.pk, currency=order.currency)
    if not drafts.invoice_ids:
        return []
    drafts = complete_drafts(regie=regie, drafts=drafts)
    for invoice_id in drafts.invoice_ids:
        invoice_issued.send(sender=Invoice, invoice_id=invoice_id)
    record(
        actor=order.placed_by,
        action=MoneyAction.ORDER_BILLED,
        target=order,
        new={"total_minor": drafts.total_minor},
    )
    issue_invoices(regie=regie, invoice_ids=drafts.invoice_ids, today=local_day(now))
    issued = Invoice.objects.filter(pk__in=drafts.invoice_ids)
    return list(issued.exclude(status=InvoiceStatus.DRAFT).select_related("household"))
