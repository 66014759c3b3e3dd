"""Ceilings of tariffs on invoices: the database says what the rules say."""

import random
from datetime import date, timedelta

import pytest
from django.db.models import Sum

from billing.models import Charge, Invoice, Reduction
from billing.queries.lines import sections_of
from billing.services.giving_back import NotGivenBackError, give_back
from billing.services.line_wording import explain_row
from billing.services.orders import bill_order
from billing.services.runs import cancel_run, draft_run, issue_run
from catalog.models import Activity, CalendarPeriod, Session
from families.models import Child, ChildMembership
from foundation.periods import month_of
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
from tests.billing.capped import (
    a_cap,
    capped_version,
    taken_by_the_rules,
    taken_in_the_books,
)

pytestmark = pytest.mark.django_db

OCTOBER = month_of(date(2026, 10, 1))
DECEMBER = month_of(date(2026, 12, 1))


def use(version):
    """Let the canteen be priced by a version."""
    Activity.objects.filter(code="repas").update(tariff=version.tariff)


def billed(period):
    run = draft_run(regie=a_regie(), period=period, actor=None, now=NOW)
    issue_run(run=run, actor=None, now=NOW)
    return list(run.invoices.values_list("pk", flat=True))


def test_what_is_above_the_ceiling_is_a_line_in_less_with_its_trace(rochebelle):
    version = capped_version(a_cap())
    use(version)
    family = a_family()
    for session in lunches(november(4)):
        book(family, session, minor=345, tariff_version=version)

    (invoice,) = billed(NOVEMBER)

    assert Invoice.objects.get(pk=invoice).total_minor == 1000
    lines = Charge.objects.filter(invoice=invoice, amount_minor__lt=0).order_by("day")
    assert [(each.day.day, each.amount_minor) for each in lines] == [
        (3, -35),
        (4, -345),
    ]
    assert lines[0].description == "Monthly ceiling"
    assert lines[0].split == {"care": 0, "meal": -35, "other": 0}
    assert lines[0].trace["before"] == 690
    row = sections_of(Invoice.objects.get(pk=invoice))[0].rows[-1]
    assert (row.kind, row.quantity, row.amount_minor) == ("cap", 1, -380)
    assert len(explain_row(row)) == 3


def test_the_ledger_holds_the_price_under_the_ceiling(rochebelle):
    version = capped_version(a_cap())
    use(version)
    family = a_family()
    for session in lunches(november(4)):
        book(family, session, minor=345, tariff_version=version)

    billed(NOVEMBER)

    entries = family.household.ledger_entries.values_list("account", "amount_minor")
    assert list(entries) == [("receivable", 1000)]


def test_a_run_given_up_leaves_nothing_of_its_ceilings(rochebelle):
    version = capped_version(a_cap())
    use(version)
    for session in lunches(november(4)):
        book(a_family(), session, minor=3000, tariff_version=version)
    run = draft_run(regie=a_regie(), period=NOVEMBER, actor=None, now=NOW)

    cancel_run(run=run, actor=None)

    assert Charge.objects.count() == Reduction.objects.count() == 0


def test_a_line_given_back_counts_in_less(rochebelle):
    version = capped_version(a_cap(period="school_year"))
    use(version)
    family = a_family()
    for session in lunches(november(4)):
        book(family, session, minor=400, tariff_version=version)
    for session in lunches([date(2026, 12, 1)]):
        book(family, session, minor=400, tariff_version=version)
    billed(NOVEMBER)
    charge = Charge.objects.filter(amount_minor=400).earliest("day")

    give_back(charge=charge, reason="Never served.", actor=None)
    (invoice,) = billed(DECEMBER)

    lines = Charge.objects.filter(invoice=invoice).order_by("id")
    assert sorted(each.amount_minor for each in lines) == [-400, -400, 400, 400]
    everything = Charge.objects.aggregate(sum=Sum("amount_minor"))["sum"]
    assert everything == 1000
    with pytest.raises(NotGivenBackError):
        give_back(charge=charge, reason="Twice.", actor=None)


def test_what_is_in_favour_waits_when_the_ceiling_leaves_too_little(rochebelle):
    version = capped_version(a_cap(amount="1.00"))
    use(version)
    family = a_family()
    (session,) = lunches(november(1))
    book(family, session, minor=1000, tariff_version=version)
    waiting = Charge.objects.create(
        regie=a_regie(),
        household=family.household,
        service=session.activity.service,
        day=date(2026, 10, 5),
        description="Retenue",
        amount_minor=-900,
        currency="EUR",
    )

    run = draft_run(regie=a_regie(), period=NOVEMBER, actor=None, now=NOW)

    waiting.refresh_from_db()
    assert waiting.invoice is None
    assert run.invoices.get().total_minor == 100


def test_an_order_paid_at_once_counts_with_the_month(regie, family):
    version = capped_version(a_cap(period="calendar_period", amount="46.00"))
    summer = CalendarPeriod.objects.create(
        code="whole",
        name="All",
        kind="holidays",
        from_on="2026-01-01",
        until_on="2028-01-01",
    )
    order = an_order(family, minor=3900)
    booking = order.bookings.get()
    booking.tariff_version = version
    booking.save(update_fields=["tariff_version"])
    Activity.objects.filter(code__in=["natation", "repas"]).update(
        tariff=version.tariff
    )
    (session,) = lunches([date(2026, 11, 3)])
    Session.objects.filter(pk__in=[session.pk, booking.session_id]).update(
        period=summer
    )
    book(family, session, minor=1200, tariff_version=version)

    (invoice,) = bill_order(order=order, now=NOW)
    (second,) = billed(NOVEMBER)

    assert invoice.total_minor == 3900
    assert Invoice.objects.get(pk=second).total_minor == 700


CEILINGS = [
    [a_cap()],
    [a_cap(per="household", amount="21.37")],
    [a_cap(code="week", period="week", amount="7.00"), a_cap(per="household")],
    [a_cap(period="school_year", amount="33.33"), a_cap(code="day", period="day",
     amount="3.00"), a_cap(code="m", per="household", activities=["repas"])],
    [a_cap(period="calendar_period", per="household", amount="19.99")],
]  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_the_database_takes_off_what_the_rules_say(seed, rochebelle):
    chance = random.Random(seed)
    version = capped_version(*CEILINGS[seed])
    use(version)
    families = [a_family() for _each in range(3)]
    for family in families:
        _fill(family, version, chance)
    months = [OCTOBER, NOVEMBER, DECEMBER]
    chance.shuffle(months)
    before: list[int] = []

    for month in months:
        fresh = billed(month)
        assert taken_in_the_books(fresh) == taken_by_the_rules(fresh, before)
        before += fresh
        for charge in Charge.objects.filter(
            invoice__in=fresh, amount_minor__gt=0, booking__isnull=False
        ):
            if chance.random() < 0.1:
                give_back(charge=charge, reason="Never served.", actor=None)

    assert Reduction.objects.filter(kind="cap").exists()
    assert not Invoice.objects.filter(total_minor__lt=0).exists()


def _fill(family, version, chance):
    brother = Child.objects.create(
        first_name="Théo", last_name="Martin", birth_date=date(2019, 1, 5)
    )
    ChildMembership.objects.create(household=family.household, child=brother)
    first = date(2026, 10, 1)
    days = [first + timedelta(days=n) for n in range(92) if chance.random() < 0.25]
    period, _made = CalendarPeriod.objects.get_or_create(
        code="autumn",
        defaults={
            "name": "Autumn",
            "kind": "holidays",
            "from_on": "2026-10-15",
            "until_on": "2026-12-20",
        },
    )
    for session in lunches(days):
        if chance.random() < 0.7 and session.period is None:
            session.period = period
            session.save(update_fields=["period"])
        for child in (family.child, brother):
            if chance.random() < 0.8:
                shares = [chance.randint(0, 300) for _part in range(3)]
                names = ("care", "meal", "other")
                book(
                    family,
                    session,
                    child=child,
                    minor=sum(shares),
                    split=dict(zip(names, shares, strict=True)),
                    tariff_version=version,
                )
