"""The books keep names as long as the law wants, then numbers and amounts only."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum

from billing.enums import MandateStatus, PaymentMethod
from billing.models import Charge, Invoice, LedgerEntry, Mandate
from billing.services.collecting import Receipt, record_payment
from billing.services.mandates import Signature, mandate_wording, sign_mandate
from billing.services.retention import FINDERS, forget_unused_mandates, kept_of
from billing.services.runs import draft_run, issue_run
from families.services.privacy.rules import Act
from tests.billing.builders import (
    NOVEMBER,
    NOW,
    SWEET_IBAN,
    Family,
    a_family,
    a_regie,
    book,
    lunches,
    november,
)

LATER = datetime(2037, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("rochebelle")


def billed(*, paid: bool) -> tuple[Family, Invoice]:
    family, regie = a_family(), a_regie()
    for session in lunches(november(3)):
        book(family, session)
    run = draft_run(regie=regie, period=NOVEMBER, actor=None, now=NOW)
    issue_run(run=run, actor=None, now=NOW)
    invoice = Invoice.objects.get(run=run, household=family.household)
    if paid:
        record_payment(
            invoice=invoice,
            receipt=Receipt(PaymentMethod.COUNTER, invoice.total_minor, NOW),
            actor=None,
        )
    return family, invoice


def forget(now: datetime = LATER) -> int:
    limit = now.replace(year=now.year - 10)
    rows = FINDERS["books"].find(limit, now)
    count: int = rows.count()
    FINDERS["books"].remove(rows, limit, Act(actor=None, reason="", now=now))
    return count


def test_after_ten_years_a_paid_invoice_names_nobody_and_still_adds_up() -> None:
    _family, invoice = billed(paid=True)
    total = invoice.total_minor

    counted = forget()

    invoice.refresh_from_db()
    lines = Charge.objects.filter(invoice=invoice)
    assert counted == 1
    assert (invoice.addressee, str(invoice.document)) == ({}, "")
    assert {(each.description, each.child_id) for each in lines} == {("", None)}
    assert {str(each.trace) for each in lines} == {"{}"}
    assert (invoice.total_minor, invoice.reference is None) == (total, False)
    assert lines.aggregate(total=Sum("amount_minor"))["total"] == total
    assert LedgerEntry.objects.aggregate(sum=Sum("amount_minor"))["sum"] == 0


def test_an_unpaid_invoice_waits_and_a_recent_one_too() -> None:
    billed(paid=False)

    assert forget() == 0
    assert forget(now=datetime(2027, 1, 1, tzinfo=UTC)) == 0


def test_the_application_itself_still_cannot_touch_an_issued_invoice() -> None:
    _family, invoice = billed(paid=True)

    with pytest.raises(DatabaseError), transaction.atomic():
        Invoice.objects.filter(pk=invoice.pk).update(addressee={})
    forget()
    with pytest.raises(DatabaseError), transaction.atomic():
        Invoice.objects.filter(pk=invoice.pk).update(addressee={"name": "Other"})


def test_a_mandate_that_collected_nothing_loses_its_iban_at_once() -> None:
    family, regie = a_family(), a_regie()
    mandate = sign_mandate(
        household=family.household,
        regie=regie,
        account=family.account,
        signature=Signature("Claire Martin", SWEET_IBAN, mandate_wording(regie), {}),
        now=NOW,
    )

    forget_unused_mandates([family.household.pk], now=NOW)

    mandate = Mandate.objects.get(pk=mandate.pk)
    assert mandate.status == MandateStatus.REVOKED
    assert (mandate.iban, mandate.iban_masked, mandate.signature) == ("", "", {})
    assert "Martin" not in mandate.holder


def test_a_family_reads_until_when_its_invoices_are_kept() -> None:
    family, _invoice = billed(paid=True)

    (kept,) = kept_of(family.household)

    assert kept.until == datetime(2037, 1, 1, tzinfo=UTC).date()
