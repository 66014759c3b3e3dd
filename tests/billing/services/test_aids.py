"""Aids of third parties: granted on a file, paid on invoices, claimed by the town."""

from datetime import date

import pytest

from billing.enums import AidMethod, CeilingPeriod
from billing.models import AidKind, Charge, Invoice, LedgerEntry, Reduction
from billing.queries.aid_statements import aid_lines, payer_totals, statement_rows
from billing.queries.chain import find_altered_invoice
from billing.queries.lines import sections_of
from billing.services.giving_back import give_back
from billing.services.granting import (
    AidTwiceError,
    ForeignProofError,
    Granting,
    OutsideAidError,
    QuotientOutsideError,
    QuotientUnknownError,
    end_aid,
    grant_aid,
)
from billing.services.line_wording import explain_row
from billing.services.runs import draft_run, issue_run
from catalog.models import Activity, Service, Session
from families.models import QuotientRecord
from foundation.periods import month_of
from tenants.domain.scope import EVERYTHING, NOTHING
from tests.billing.builders import (
    NOVEMBER,
    NOW,
    a_family,
    a_regie,
    book,
    lunches,
    november,
)
from tests.billing.capped import a_cap, capped_version

pytestmark = pytest.mark.django_db

FIRST, UNTIL = date(2026, 9, 1), date(2027, 9, 1)


def a_kind(**changes):
    facts = {
        "code": "caf",
        "name": "Aid for lunch",
        "payer": "CAF",
        "method": AidMethod.DAY,
        "amount_minor": 150,
        "from_on": FIRST,
        "until_on": UNTIL,
    }
    kind = AidKind.objects.create(**facts | changes)
    kind.services.set(Service.objects.filter(code="cantine"))
    return kind


def grant(family, kind, **changes):
    facts = {"child": family.child, "from_on": FIRST, "until_on": UNTIL}
    return grant_aid(
        household=family.household,
        granting=Granting(kind=kind, **facts | changes),
        actor=None,
    )


def billed(period=NOVEMBER):
    run = draft_run(regie=a_regie(), period=period, actor=None, now=NOW)
    issue_run(run=run, actor=None, now=NOW)
    return run.invoices.get()


def test_an_aid_is_a_line_in_less_with_its_trace(rochebelle):
    family = a_family()
    grant(family, a_kind())
    for session in lunches(november(3)):
        book(family, session, minor=400)

    invoice = billed()

    assert invoice.total_minor == 750
    row = sections_of(invoice)[0].rows[-1]
    assert (row.kind, row.description, row.amount_minor) == (
        "aid",
        "Aid for lunch",
        -450,
    )
    assert len(explain_row(row)) == 2
    line = Charge.objects.filter(reduction__kind="aid").earliest("day")
    assert line.split == {"care": 0, "meal": -150, "other": 0}


def test_the_family_owes_the_rest_and_the_third_party_the_aid(rochebelle):
    family = a_family()
    grant(family, a_kind())
    for session in lunches(november(3)):
        book(family, session, minor=400)

    billed()

    entries = LedgerEntry.objects.values_list("account", "code", "amount_minor")
    assert sorted(entries) == [
        ("receivable", "", 750),
        ("receivable_third_party", "caf", 450),
        ("revenue", "cantine", -1200),
    ]


def test_an_aid_that_pays_all_leaves_nothing_to_pay_and_a_claim(rochebelle):
    family = a_family()
    grant(family, a_kind(amount_minor=5000))
    book(family, lunches(november(1))[0], minor=400)

    invoice = billed()

    assert (invoice.total_minor, invoice.status) == (0, "paid")
    entries = LedgerEntry.objects.values_list("account", "amount_minor")
    assert sorted(entries) == [("receivable_third_party", 400), ("revenue", -400)]
    assert find_altered_invoice(regie=a_regie(), year=2026) is None


def test_the_ceiling_is_counted_across_invoices(rochebelle):
    family = a_family()
    kind = a_kind(ceiling_units=4, ceiling_period=CeilingPeriod.SCHOOL_YEAR)
    grant(family, kind)
    december = [date(2026, 12, day) for day in (1, 2, 3)]
    for session in lunches([*november(3), *december]):
        book(family, session, minor=400)

    first, second = billed(), billed(month_of(december[0]))

    assert (first.total_minor, second.total_minor) == (750, 1050)


def test_the_ceiling_of_the_tariff_comes_before_the_aid(rochebelle):
    version = capped_version(a_cap(amount="5.00"))
    family = a_family()
    grant(family, a_kind(method=AidMethod.PERCENT, amount_minor=None, percent=50))
    for session in lunches(november(3)):
        book(family, session, minor=400, tariff_version=version)

    invoice = billed()

    # 12.00, at most 5.00, and half of that. The other order would give 5.00.
    assert invoice.total_minor == 250


def test_a_line_given_back_takes_its_aid_back(rochebelle):
    family = a_family()
    grant(family, a_kind(ceiling_units=3))
    for session in lunches([*november(3), date(2026, 12, 1)]):
        book(family, session, minor=400)
    billed()
    charge = Charge.objects.filter(booking__isnull=False).earliest("day")
    give_back(charge=charge, reason="Never served.", actor=None)

    invoice = billed(month_of(date(2026, 12, 1)))

    # One lunch at 4.00 with an aid again, one given back at what was paid for it.
    amounts = Charge.objects.filter(invoice=invoice).values_list(
        "amount_minor", flat=True
    )
    assert sorted(amounts) == [-400, -150, 150, 400]
    assert invoice.total_minor == 0


def test_the_quotient_of_the_price_decides(rochebelle):
    family = a_family()
    QuotientRecord.objects.create(
        household=family.household, value=500, from_on=date(2026, 1, 1)
    )
    grant(family, a_kind(quotient_from=400, quotient_until=700))
    known, unknown = lunches(november(2))
    booking = book(family, known, minor=400)
    booking.trace["inputs"]["quotient"] = "650"
    booking.save(update_fields=["trace"])
    book(family, unknown, minor=400)

    assert billed().total_minor == 650


@pytest.mark.parametrize(
    ("value", "refusal"), [(None, QuotientUnknownError), (800, QuotientOutsideError)]
)
def test_an_aid_for_other_quotients_is_refused(value, refusal, rochebelle):
    family = a_family()
    if value:
        QuotientRecord.objects.create(
            household=family.household, value=value, from_on=date(2026, 1, 1)
        )

    with pytest.raises(refusal):
        grant(family, a_kind(quotient_until=700))


def test_an_aid_is_granted_once_for_a_day_and_a_child(rochebelle):
    family = a_family()
    kind = a_kind()
    first = grant(family, kind)

    with pytest.raises(AidTwiceError):
        grant(family, kind, child=None)

    end_aid(granted=first, until_on=date(2026, 12, 1), actor=None)
    grant(family, kind, child=None, from_on=date(2026, 12, 1))


def test_an_aid_stays_within_its_kind_and_its_family(rochebelle):
    family, kind = a_family(), a_kind()

    with pytest.raises(OutsideAidError):
        grant(family, kind, until_on=date(2028, 1, 1))
    with pytest.raises(ForeignProofError):
        grant(family, kind, child=a_family().child)


def test_an_aid_ended_before_it_starts_helps_with_nothing(rochebelle):
    family = a_family()
    end_aid(granted=grant(family, a_kind()), until_on=date(2020, 1, 1), actor=None)
    book(family, lunches(november(1))[0], minor=400)

    assert billed().total_minor == 400


def test_a_payer_gets_the_statement_of_a_month(rochebelle):
    kind = a_kind()
    for _each in range(2):
        family = a_family()
        grant(family, kind, reference="B 12")
        for session in lunches(november(2)):
            book(family, session, minor=400)
    run = draft_run(regie=a_regie(), period=NOVEMBER, actor=None, now=NOW)
    issue_run(run=run, actor=None, now=NOW)

    (total,) = payer_totals(month=date(2026, 12, 1), scope=EVERYTHING)
    rows = list(
        statement_rows(
            aid_lines(month=date(2026, 12, 1), scope=EVERYTHING, payer="CAF")
        )
    )

    assert (total.payer, total.families, total.lines, total.minor) == ("CAF", 2, 4, 600)
    assert len(rows) == 4
    assert rows[0][2] == "B 12"
    assert payer_totals(month=date(2026, 11, 1), scope=EVERYTHING) == []
    assert payer_totals(month=date(2026, 12, 1), scope=NOTHING) == []


@pytest.mark.parametrize("families", [3, 12])
def test_aids_take_the_same_statements_for_any_number_of_families(
    families, rochebelle, django_assert_num_queries
):
    kind = a_kind(ceiling_minor=500)
    version = capped_version(a_cap(), a_cap(code="day", period="day", amount="3.00"))
    Activity.objects.filter(code="repas").update(tariff=version.tariff)
    sessions = lunches(november(3))
    Session.objects.update(capacity=None)
    for _index in range(families):
        family = a_family()
        grant(family, kind)
        for session in sessions:
            book(family, session, minor=400, tariff_version=version)
    regie = a_regie()

    # Eleven without any, two ceilings, three for the aids, one for the totals.
    with django_assert_num_queries(18):
        run = draft_run(regie=regie, period=NOVEMBER, actor=None, now=NOW)

    assert Reduction.objects.filter(kind="cap").count() == families * 3
    assert not Invoice.objects.filter(run=run, total_minor__lt=0).exists()
