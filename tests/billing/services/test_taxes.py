"""Taxes of a régie: once an invoice, on the sum of what they bear on."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import override
from hypothesis import given, strategies as st

from billing.domain.invoices import (
    InvoiceLine,
    Tax,
    TaxCategory,
    exemptions_of,
    totals_of,
)
from billing.enums import AidMethod
from billing.models import AidKind, Invoice, InvoiceTax, LedgerEntry, RegieTax
from billing.queries.chain import document_of, find_altered_invoice
from billing.queries.lines import sections_of
from billing.services.granting import Granting, grant_aid
from billing.services.invoice_document import invoice_document
from billing.services.line_wording import percent_words, tax_rows
from billing.services.orders import bill_order
from billing.services.runs import cancel_run, draft_run, issue_run
from billing.services.tax_lines import TaxUnknownError
from billing.services.tax_rules import (
    RuleFacts,
    TaxFacts,
    TaxInUseError,
    TaxRuleMissingError,
    TaxTwiceError,
    write_taxes_of,
)
from catalog.models import Activity, Session
from tests.billing.builders import (
    NOVEMBER,
    NOW,
    a_family,
    a_regie,
    an_order,
    book,
    lunches,
    november,
)

pytestmark = pytest.mark.django_db

GST = TaxFacts("gst", "GST", Decimal(5), "10799 2345 RT0001", date(2026, 1, 1))
QST = TaxFacts("qst", "QST", Decimal("9.975"), "1006 TQ0001", date(2026, 1, 1))


def tax(*taxes, taxed=("cantine",), exempt=("natation",)):
    """Let a régie collect taxes on some services, and exempt some activities."""
    regie = a_regie()
    rules = [
        RuleFacts(each, None, "S" if each.code in taxed else "O")
        for each in regie.services.all()
    ]
    rules += [
        RuleFacts(each.service, each, "E", "Children of 14 or under.")
        for each in Activity.objects.filter(code__in=exempt)
    ]
    write_taxes_of(regie=regie, taxes=taxes, rules=rules, actor=None)
    return regie


def billed(regie):
    run = draft_run(regie=regie, period=NOVEMBER, actor=None, now=NOW)
    issue_run(run=run, actor=None, now=NOW)
    return run.invoices.get()


def test_each_tax_is_rounded_once_on_the_sum(rochebelle):
    regie = tax(GST, QST)
    family = a_family()
    for session in lunches(november(7)):
        book(family, session, minor=333)

    invoice = billed(regie)

    # Line by line, the second would be 2.31.
    taxes = invoice.taxes.order_by("id").values_list(
        "code", "base_minor", "amount_minor"
    )
    assert list(taxes) == [("gst", 2331, 117), ("qst", 2331, 233)]
    assert invoice.total_minor == 2331 + 117 + 233


def test_the_page_and_the_document_name_both_registrations(rochebelle):
    regie = tax(GST, QST)
    book(a_family(), lunches(november(1))[0], minor=10_000)

    invoice = billed(regie)

    assert [row["note"] for row in tax_rows(invoice, sections_of(invoice))][1:] == [
        "No. 10799 2345 RT0001",
        "No. 1006 TQ0001",
    ]
    totals = invoice_document(invoice, lang="en")["totals"]
    assert len(totals) == 4
    assert "1006 TQ0001" in totals[2]["label"]


def test_the_ledger_has_an_account_for_each_tax(rochebelle):
    regie = tax(GST, QST)
    book(a_family(), lunches(november(1))[0], minor=10_000)

    billed(regie)

    entries = LedgerEntry.objects.values_list("account", "code", "amount_minor")
    assert sorted(entries) == [
        ("receivable", "", 11_498),
        ("revenue", "cantine", -10_000),
        ("tax_payable", "gst", -500),
        ("tax_payable", "qst", -998),
    ]


def test_exempt_activities_bear_none(regie, family):
    tax(GST, QST, taxed=("cantine", "stages"))

    (invoice,) = bill_order(order=an_order(family, minor=3900), now=NOW)

    assert invoice.total_minor == 3900
    assert InvoiceTax.objects.count() == 0


def test_an_order_of_what_is_taxed_is_billed_with_taxes(regie, family):
    sport = Activity.objects.get(code="natation").service
    tax(GST, QST, taxed=(sport.code,), exempt=())

    (invoice,) = bill_order(order=an_order(family, minor=3900), now=NOW)

    assert invoice.total_minor == invoice.left_minor == 3900 + 195 + 389


def test_an_aid_does_not_lower_taxes(rochebelle):
    regie = tax(GST)
    family = a_family()
    kind = AidKind.objects.create(
        code="caf", name="Aid", payer="CAF", method=AidMethod.DAY, amount_minor=4000,
        from_on=date(2026, 1, 1),
    )  # fmt: skip
    kind.services.set(regie.services.filter(code="cantine"))
    granting = Granting(kind, family.child, date(2026, 1, 1), date(2027, 1, 1))
    grant_aid(household=family.household, granting=granting, actor=None)
    book(family, lunches(november(1))[0], minor=10_000)

    invoice = billed(regie)

    assert invoice.taxes.get().amount_minor == 500
    assert invoice.total_minor == 6500


def test_a_rate_holds_on_the_days_of_its_lines(rochebelle):
    old = TaxFacts("gst", "GST", Decimal(5), "1", date(2026, 1, 1), date(2026, 11, 2))
    new = TaxFacts("gst", "GST", Decimal(7), "1", date(2026, 11, 2))
    regie = tax(old, new)
    family = a_family()
    for session in lunches(november(2)):
        book(family, session, minor=1000)

    invoice = billed(regie)

    assert sorted(invoice.taxes.values_list("amount_minor", flat=True)) == [50, 70]


def test_taxes_are_frozen_and_chained_with_their_invoice(rochebelle):
    regie = tax(GST)
    book(a_family(), lunches(november(1))[0], minor=1000)
    billed(regie)

    with pytest.raises(DatabaseError), transaction.atomic():
        InvoiceTax.objects.update(amount_minor=1)

    assert find_altered_invoice(regie=regie, year=2026) is None


def test_drafts_given_up_leave_no_tax(rochebelle):
    regie = tax(GST)
    book(a_family(), lunches(november(1))[0], minor=1000)
    run = draft_run(regie=regie, period=NOVEMBER, actor=None, now=NOW)

    cancel_run(run=run, actor=None)

    assert InvoiceTax.objects.count() == 0


def test_what_nobody_said_is_never_guessed(rochebelle):
    regie = tax(GST)
    regie.tax_rules.filter(service__code="cantine").delete()
    book(a_family(), lunches(november(1))[0], minor=1000)

    with pytest.raises(TaxUnknownError, match="Repas"):
        draft_run(regie=regie, period=NOVEMBER, actor=None, now=NOW)


def test_rates_that_overlap_and_services_left_out_are_refused(rochebelle):
    regie = a_regie()
    again = TaxFacts("gst", "GST", Decimal(6), "1", date(2026, 6, 1))

    with pytest.raises(TaxTwiceError):
        tax(GST, again)
    with pytest.raises(TaxRuleMissingError):
        write_taxes_of(regie=regie, taxes=[GST], rules=[], actor=None)


def test_a_tax_that_an_invoice_bears_is_ended_not_deleted(rochebelle):
    regie = tax(GST)
    book(a_family(), lunches(november(1))[0], minor=1000)
    billed(regie)

    with pytest.raises(TaxInUseError), transaction.atomic():
        tax()

    assert RegieTax.objects.count() == 1


def exempt(regie, reason, *, taxes=(), only=None):
    """Exempt every service of a régie, for a reason, or some for another one."""
    rules = [RuleFacts(each, None, "E", reason) for each in regie.services.all()]
    rules += [
        RuleFacts(each.service, each, "E", why) for each, why in (only or {}).items()
    ]
    write_taxes_of(regie=regie, taxes=taxes, rules=rules, actor=None)


def test_the_reason_of_an_exemption_is_kept_once_with_the_invoice(rochebelle):
    regie = a_regie()
    exempt(regie, "article 261, 4-4° du CGI", taxes=[GST])
    family = a_family()
    for session in lunches(november(3)):
        book(family, session, minor=345)

    invoice = billed(regie)
    exempt(regie, "another article", taxes=[GST])

    invoice.refresh_from_db()
    assert invoice.exemptions == ["article 261, 4-4° du CGI"]
    assert InvoiceTax.objects.count() == 0
    with override("en"):
        told = invoice_document(invoice, lang="en")["exemptions"]
    assert told == ["Exempt from taxes: article 261, 4-4° du CGI"]


def test_a_regie_without_taxes_says_its_reasons_too(rochebelle):
    regie = a_regie()
    exempt(regie, "article 256 B du CGI")
    book(a_family(), lunches(november(1))[0], minor=345)

    assert billed(regie).exemptions == ["article 256 B du CGI"]


def test_each_reason_is_said_in_the_order_of_the_lines(rochebelle):
    regie = a_regie()
    meals = Activity.objects.get(code="repas")
    other = Activity.objects.create(
        service=meals.service, tariff=meals.tariff, code="gouter", name="Goûter",
        kind=meals.kind, start_time=time(16), end_time=time(17),
    )  # fmt: skip
    exempt(regie, "children", only={other: "snacks"})
    family = a_family()
    first, second = lunches(november(2))
    snack = Session.objects.create(
        activity=other, starts_on=first.starts_on, ends_on=first.starts_on,
        start_time=time(16), end_time=time(17),
    )  # fmt: skip
    for session in (first, snack, second):
        book(family, session, minor=345)

    invoice = billed(regie)

    assert invoice.exemptions == ["children", "snacks"]
    lines = [
        InvoiceLine("x", Decimal(1), "", Decimal("3.45"), "EUR", "c",
                    category=TaxCategory.EXEMPT, exemption=reason)
        for reason in ("children", "snacks", "children")
    ]  # fmt: skip
    assert invoice.exemptions == exemptions_of(lines)


def test_what_is_taxed_or_outside_gives_no_reason(rochebelle):
    regie = tax(GST, exempt=())
    book(a_family(), lunches(november(1))[0], minor=345)

    assert billed(regie).exemptions == []


def test_the_reasons_are_frozen_and_chained_with_their_invoice(rochebelle):
    regie = a_regie()
    exempt(regie, "article 261, 4-4° du CGI")
    book(a_family(), lunches(november(1))[0], minor=345)
    invoice = billed(regie)

    with pytest.raises(DatabaseError), transaction.atomic():
        Invoice.objects.update(exemptions=[])
    assert find_altered_invoice(regie=regie, year=2026) is None

    document = document_of(invoice, regie=regie, lines="", taxes="")
    assert document["exemptions"] == ["article 261, 4-4° du CGI"]


@given(
    st.lists(st.integers(1, 99_999), min_size=1, max_size=6),
    st.decimals("0.001", "30", places=3),
)
def test_the_pure_rule_rounds_half_up_and_keeps_its_sign(amounts, rate):
    def total(sign):
        lines = [
            InvoiceLine("x", Decimal(sign), "", Decimal(minor).scaleb(-2), "CAD", "c",
                        category=TaxCategory.STANDARD, taxes=(Tax("t", rate),))
            for minor in amounts
        ]  # fmt: skip
        return totals_of(lines, currency="CAD").taxes[0].amount

    exact = sum(amounts) * rate / 100
    assert total(1) == -total(-1)
    assert abs(total(1) - exact) <= Decimal("0.5")


def test_a_rate_is_written_with_the_decimals_it_has():
    with override("en"):
        assert percent_words(Decimal("9.975")) == "9.975 %"
        assert percent_words(Decimal("5.000")) == "5 %"
