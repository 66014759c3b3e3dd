from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from billing.domain.invoices import (
    DraftRefusedError,
    InvoiceDraft,
    InvoiceLine,
    Tax,
    TaxCategory,
    credit_of,
    exemptions_of,
    totals_of,
)
from billing.domain.ledger import balances
from billing.domain.postings import Subject, credit_note_issued, invoice_issued

QST = Tax("TVQ", Decimal("9.975"))
GST = Tax("TPS", Decimal(5))


def line(
    quantity: str = "1", price: str = "3.33", *, currency: str = "EUR", **facts: Any
) -> InvoiceLine:
    return InvoiceLine(
        "Lunch",
        Decimal(quantity),
        "meal",
        Decimal(price),
        currency,
        **({"revenue_code": "7067"} | facts),
    )


def taxed(*taxes: Tax, price: str = "3.33") -> InvoiceLine:
    return line(price=price, currency="CAD", category=TaxCategory.STANDARD, taxes=taxes)


def draft(*lines: InvoiceLine, **facts: Any) -> InvoiceDraft:
    known: dict[str, Any] = {
        "household": "martin",
        "addressee": "zoe",
        "currency": "EUR",
        "dated_on": date(2026, 11, 30),
        "due_on": date(2026, 12, 20),
    }
    return InvoiceDraft(lines=lines, **(known | facts))


@pytest.mark.parametrize(
    ("quantity", "price", "minor"),
    [
        ("1", "2.665", 267),
        ("3", "1.675", 503),
        ("-1", "2.665", -267),
        ("7.5", "4", 3000),
    ],
)
def test_a_line_is_rounded_half_up_to_the_cent(quantity, price, minor):
    assert line(quantity, price).amount.minor == minor


def test_tax_is_rounded_once_on_the_sum_of_its_lines():
    totals = totals_of([taxed(QST)] * 7, currency="CAD")

    assert totals.subtotal == 2331
    assert [tax.amount for tax in totals.taxes] == [233]
    assert totals.total == 2564


def test_two_taxes_apply_to_the_same_price_and_never_to_each_other():
    totals = totals_of([taxed(GST, QST, price="100")], currency="CAD")

    assert {tax.tax.code: tax.amount for tax in totals.taxes} == {
        "TPS": 500,
        "TVQ": 998,
    }


def test_a_line_cannot_be_both_exempt_and_taxed():
    with pytest.raises(DraftRefusedError):
        line(category=TaxCategory.EXEMPT, taxes=(QST,))
    with pytest.raises(DraftRefusedError):
        line(category=TaxCategory.STANDARD)


def test_an_exempt_line_says_why_and_no_other_does():
    with pytest.raises(DraftRefusedError):
        line(category=TaxCategory.EXEMPT)
    with pytest.raises(DraftRefusedError):
        line(exemption="article 261")

    lines = [
        line(category=TaxCategory.EXEMPT, exemption=reason)
        for reason in ("article 261", "article 256 B", "article 261")
    ]
    assert exemptions_of([*lines, line()]) == ["article 261", "article 256 B"]


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        ((), {}),
        ((line(currency="CAD"),), {}),
        ((line(),), {"due_on": date(2026, 11, 29)}),
    ],
)
def test_a_draft_that_makes_no_sense_is_refused(lines, facts):
    with pytest.raises(DraftRefusedError) as refusal:
        draft(*lines, **facts)

    assert str(refusal.value).startswith("This invoice cannot be prepared: it ")


LINES = st.lists(
    st.builds(
        line,
        st.decimals(0, 1000, places=2).map(str),
        st.decimals("0.01", 100, places=4).map(str),
        revenue_code=st.sampled_from(["7067", "7066"]),
        charge=st.sampled_from("abc"),
    ),
    min_size=1,
    max_size=20,
)


@given(LINES)
def test_the_ledger_parts_come_to_the_total_of_the_invoice(lines):
    invoice = draft(*lines)

    assert invoice.amounts.total == invoice.totals.total


@given(LINES)
def test_a_whole_credit_note_undoes_its_invoice_to_the_cent(lines):
    invoice = draft(*lines, line())

    note = credit_of(invoice, number="CANT-2026-000001", dated_on=date(2027, 1, 5))

    story = (
        invoice_issued(Subject("I", "martin", "EUR"), invoice.amounts),
        credit_note_issued(Subject("C", "martin", "EUR"), note.amounts.opposite),
    )
    assert note.corrects == "CANT-2026-000001"
    assert note.totals.total == -invoice.totals.total
    assert not any(balances(story).values())


def test_a_credit_note_may_take_back_some_charges_only():
    invoice = draft(line("2", charge="a"), line("1", charge="b"))

    note = credit_of(
        invoice, number="X", dated_on=date(2027, 1, 5), charges=frozenset({"b"})
    )

    assert [part.quantity for part in note.lines] == [Decimal(-1)]
    with pytest.raises(DraftRefusedError):
        credit_of(
            invoice, number="X", dated_on=date(2027, 1, 5), charges=frozenset({"z"})
        )
