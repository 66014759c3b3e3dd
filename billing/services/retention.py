"""Bank details of mandates that are over, and names in the books once audited.

Numbers, amounts and the ledger always stay: they add up, and name nobody.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models import Max, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext as _

from billing.enums import InvoiceStatus, MandateStatus
from billing.models import DirectDebit, DirectDebitBatch, Invoice, Mandate, Payment
from enrolment.models import Booking, LatePickup, Order
from families.domain.erasure import Kept
from families.domain.retention import books_until
from families.domain.validity import months_after
from families.models import Household
from families.services.privacy.erasing import NOBODY, remove_files
from families.services.privacy.rules import Act, Finder, periods

Rows = models.QuerySet[Any]


def _mandates(limit: datetime, _now: datetime) -> Rows:
    """Find mandates that are over, and collected nothing since a moment."""
    last = Coalesce(
        "last_collected_on", TruncDate("revoked_at"), TruncDate("signed_at")
    )
    over = Mandate.objects.exclude(status=MandateStatus.ACTIVE)
    return (
        over.exclude(iban_masked="").annotate(last=last).filter(last__lt=limit.date())
    )


def _empty_mandates(rows: Rows) -> object:
    """Leave the reference, the days and the amounts of the debits."""
    mandates = Mandate.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    _remove_documents(mandates)
    return mandates.update(
        holder=NOBODY,
        # No bytes are read as an empty text.
        iban=Value(b"", output_field=models.BinaryField()),
        iban_masked="",
        iban_index=b"",
        signature={},
        document="",
        document_sha256="",
    )


def _books(limit: datetime, _now: datetime) -> Rows:
    """Find invoices of years that nobody audits any more, once they are paid."""
    over = Invoice.objects.filter(issued_on__lt=limit.date()).exclude(addressee={})
    return over.exclude(status__in=(InvoiceStatus.DRAFT, InvoiceStatus.OPEN))


def _forget_books(rows: Rows, limit: datetime, act: Act) -> object:
    """Take the names, the files and what justified each price out of the books."""
    _remove_documents(rows)
    _remove_documents(Payment.objects.filter(received_at__lt=limit))
    batches = DirectDebitBatch.objects.filter(collection_on__lt=limit.date())
    _remove_documents(batches, name="file")
    batches.update(file="", file_sha256="")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT preau_forget_books(%s, %s)",
            [connection.schema_name, limit.date()],  # type: ignore[attr-defined] # django-tenants.
        )
    _empty_mandates(_mandates(limit, act.now))
    return _remove_bookings_of_nobody()


def _remove_bookings_of_nobody() -> object:
    """Remove bookings of erased families that no invoice needs any more."""
    gone = Household.objects.filter(erased_at__isnull=False)
    unbilled = LatePickup.objects.filter(booking__household__in=gone, charges=None)
    unbilled.delete()
    unneeded = Booking.objects.filter(household__in=gone, charge=None)
    unneeded.filter(late_pickups=None).delete()
    return Order.objects.filter(household__in=gone, bookings=None).delete()


def _remove_documents(rows: Rows, *, name: str = "document") -> None:
    storage = rows.model._meta.get_field(name).storage  # noqa: SLF001 - _meta is public in practice.
    remove_files(storage, [each for each in rows.values_list(name, flat=True) if each])


def forget_unused_mandates(households: Collection[int], *, now: datetime) -> None:
    """End the mandates of erased families; empty those that collected nothing."""
    mine = Mandate.objects.filter(household__in=households)
    mine.filter(status=MandateStatus.ACTIVE).update(
        status=MandateStatus.REVOKED, revoked_at=now
    )
    used = DirectDebit.objects.values("mandate")
    _empty_mandates(mine.exclude(pk__in=used))


def kept_of(household: Household) -> list[Kept]:
    """Return what the books keep of a family, and until when: three queries."""
    bills = Invoice.objects.filter(household=household, issued_on__isnull=False)
    last = bills.aggregate(last=Max("issued_on"))["last"]
    kept: list[Kept] = []
    if last is not None:
        until = books_until(last_billed=last, years=periods()["books"])
        what = _("Your invoices and payments, with your name and address.")
        kept.append(Kept(what, _("The town's accounts may be audited."), until))
    debits = DirectDebit.objects.filter(mandate__household=household)
    debited = debits.aggregate(last=Max("batch__collection_on"))["last"]
    if debited is not None:
        end = months_after(debited, periods()["mandates"])
        what = _("The mandate and the IBAN that the town debited.")
        kept.append(Kept(what, _("A debit may be contested for thirteen months."), end))
    return kept


FINDERS = {
    "mandates": Finder(
        _mandates, "last", lambda rows, _limit, _act: _empty_mandates(rows)
    ),
    "books": Finder(_books, "issued_on", _forget_books),
}
