"""Documents: made once, kept with their digest, told once."""

import hashlib
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from billing.models import Invoice, Mandate
from billing.services.printing import print_invoice, print_mandate
from billing.services.tax_rules import RuleFacts, write_taxes_of
from tests.billing.conftest import issue
from tests.billing.jobs import run_jobs
from tests.billing.services.test_mandates import sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


def content_of(stored):
    with stored.storage.open(stored.name) as file:
        return file.read()


def text_of(stored):
    pages = PdfReader(BytesIO(content_of(stored))).pages
    return "\n".join(page.extract_text() for page in pages)


def test_an_invoice_is_printed_with_the_reason_of_its_prices(invoice, family):
    print_invoice(invoice_id=invoice.pk)

    invoice.refresh_from_db()
    words = text_of(invoice.document)
    assert invoice.reference in words
    assert family.person.last_name in words
    assert "13,80" in words
    digest = hashlib.sha256(content_of(invoice.document)).hexdigest()
    assert digest == invoice.document_sha256


def test_the_reason_of_an_exemption_is_printed_once(regie, family):
    reason = "article 261, 4-4° du CGI"
    rules = [RuleFacts(each, None, "E", reason) for each in regie.services.all()]
    write_taxes_of(regie=regie, taxes=[], rules=rules, actor=None)
    invoice = issue(regie, family, minor=345, days=4)

    print_invoice(invoice_id=invoice.pk)

    invoice.refresh_from_db()
    words = " ".join(text_of(invoice.document).replace("\u200b", "").split())
    assert words.count(reason) == 1


def test_an_invoice_is_printed_and_told_once(invoice, family, mailoutbox):
    first = print_invoice(invoice_id=invoice.pk)
    kept = Invoice.objects.get().document.name

    second = print_invoice(invoice_id=invoice.pk)

    assert (first, second) == (True, False)
    assert Invoice.objects.get().document.name == kept
    assert [letter.to for letter in mailoutbox] == [[family.account.email]]
    assert f"/my/invoices/{invoice.public_id}/" in mailoutbox[0].body


def test_a_printed_invoice_is_never_printed_over(invoice):
    print_invoice(invoice_id=invoice.pk)

    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Invoice.objects.update(document="", document_sha256="")


def test_a_run_prints_each_invoice(invoice):
    assert run_jobs("documents") == ["print_run", "print_one"]

    invoice.refresh_from_db()
    assert invoice.document


def test_a_mandate_is_printed_without_the_account_number(regie, family):
    mandate = sign(family, regie)

    print_mandate(mandate_id=mandate.pk)

    words = text_of(Mandate.objects.get().document)
    assert mandate.reference in words
    assert "2606" in words
    assert "20041010" not in words.replace(" ", "")
