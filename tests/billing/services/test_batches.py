"""Bank files: who is in, when, and what the bank reads."""

import hashlib
from datetime import date, timedelta

import pytest
from lxml import etree

from billing.domain.sepa_calendar import ClosedDayError, NotifiedTooLateError
from billing.enums import BatchStatus, InvoiceStatus, MandateStatus, PaymentMethod
from billing.gateways.bank_files import PainVersion, validate_bank_file
from billing.models import DirectDebit, Mandate, Payment, PaymentAttempt
from billing.services.batches import NothingToCollectError, make_batch
from billing.services.collected import (
    AlreadyConfirmedError,
    TooEarlyError,
    confirm_batch,
)
from billing.services.runs import draft_run, issue_run
from tests.billing.builders import NOVEMBER, NOW, a_family, book, lunches, november
from tests.billing.jobs import run_jobs
from tests.billing.services.test_mandates import sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

DAY = date(2026, 12, 15)


def collect(regie, family, *, on=DAY):
    return make_batch(regie=regie, collection_on=on, actor=family.account, now=NOW)


@pytest.mark.parametrize("version", list(PainVersion))
def test_the_file_fits_the_schema_of_the_bank(version, regie, family, invoice):
    regie.bank_format = version.value
    regie.save()
    mandate = sign(family, regie)

    batch = collect(regie, family)

    with batch.file.open() as file:
        content = file.read()
    assert validate_bank_file(content, version) == []
    assert hashlib.sha256(content).hexdigest() == batch.file_sha256
    tree = etree.fromstring(content)
    assert tree.findtext(".//{*}MndtId") == mandate.reference
    assert tree.findtext(".//{*}InstdAmt") == "13.80"
    assert tree.findtext(".//{*}ReqdColltnDt") == "2026-12-15"
    assert tree.findtext(".//{*}EndToEndId") == f"{invoice.reference}-1"


def test_invoices_wait_for_the_bank_and_mandates_remember(regie, family, invoice):
    mandate = sign(family, regie)

    batch = collect(regie, family)

    invoice.refresh_from_db()
    mandate.refresh_from_db()
    assert invoice.status == InvoiceStatus.PENDING
    assert (mandate.first_collected_on, mandate.last_collected_on) == (DAY, DAY)
    assert (batch.status, batch.total_minor) == (BatchStatus.EXPORTED, 1380)


def test_families_are_told_ahead(regie, family, invoice, mailoutbox):
    sign(family, regie)
    run_jobs()
    mailoutbox.clear()

    collect(regie, family)
    run_jobs()

    (letter,) = mailoutbox
    assert letter.to == [family.account.email]
    assert "15 décembre 2026" in letter.body or "December 15, 2026" in letter.body
    assert "FR14 •••• •••• 2606" in letter.body


def test_a_day_too_soon_is_refused_with_the_first_good_one(regie, family, invoice):
    sign(family, regie)

    with pytest.raises(NotifiedTooLateError) as refusal:
        collect(regie, family, on=DAY - timedelta(days=1))

    assert refusal.value.params["earliest"] == DAY


def test_a_day_when_banks_rest_is_refused(regie, family, invoice):
    sign(family, regie)

    with pytest.raises(ClosedDayError):
        collect(regie, family, on=date(2026, 12, 25))


def test_only_families_with_a_mandate_are_collected(regie, family, invoice):
    other = a_family()
    sign(other, regie)

    with pytest.raises(NothingToCollectError):
        collect(regie, family)


def test_a_revoked_or_lapsed_mandate_is_not_used(regie, family, invoice):
    mandate = sign(family, regie)
    Mandate.objects.update(signed_at=NOW - timedelta(days=1200))

    with pytest.raises(NothingToCollectError):
        collect(regie, family)

    Mandate.objects.filter(pk=mandate.pk).update(
        signed_at=NOW, status=MandateStatus.REVOKED
    )
    with pytest.raises(NothingToCollectError):
        collect(regie, family)


def test_an_invoice_being_paid_by_card_is_left_alone(regie, family, invoice):
    sign(family, regie)
    PaymentAttempt.objects.create(
        invoice=invoice,
        started_by=family.account,
        amount_minor=1380,
        currency="EUR",
        expires_at=NOW + timedelta(minutes=30),
    )

    with pytest.raises(NothingToCollectError):
        collect(regie, family)


def test_a_collection_is_confirmed_once_its_day_has_come(regie, family, invoice):
    sign(family, regie)
    batch = collect(regie, family)
    later = NOW + timedelta(days=14)

    with pytest.raises(TooEarlyError):
        confirm_batch(batch=batch, actor=family.account, now=NOW)
    confirm_batch(batch=batch, actor=family.account, now=later)
    with pytest.raises(AlreadyConfirmedError):
        confirm_batch(batch=batch, actor=family.account, now=later)

    invoice.refresh_from_db()
    payment = Payment.objects.get()
    assert invoice.status == InvoiceStatus.PAID
    assert (payment.method, payment.amount_minor) == (PaymentMethod.DIRECT_DEBIT, 1380)


def test_the_file_holds_one_debit_for_each_invoice(regie, rochebelle):
    families = [a_family() for _index in range(3)]
    for family in families:
        sign(family, regie)
        book(family, lunches(november(1))[0], minor=777)
    run = draft_run(regie=regie, period=NOVEMBER, actor=None, now=NOW)
    issue_run(run=run, actor=None, now=NOW)

    batch = collect(regie, families[0])

    assert batch.total_minor == 3 * 777
    debits = DirectDebit.objects.filter(batch=batch).values_list("end_to_end_id")
    assert len(set(debits)) == 3
