"""What becomes of late pick-ups when a family is erased, and when books are over."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from billing.enums import PaymentMethod
from billing.models import Charge, Invoice
from billing.services.collecting import Receipt, record_payment
from billing.services.runs import draft_run, issue_run
from enrolment.models import Booking, LatePickup
from families.services.privacy.erasing import erase_households
from foundation.periods import month_of
from tests.billing.builders import a_regie
from tests.billing.services.test_retention import forget
from tests.enrolment.late_builders import DAYS, NIGHT, a_late_family, collected

pytestmark = pytest.mark.django_db

LATER = datetime(2037, 2, 1, tzinfo=UTC)


@pytest.fixture
def family(rochebelle):
    """A family with a late pick-up on a paid invoice, and one that nobody billed."""
    family, (billed, waiting) = a_late_family(*DAYS[:2])
    # Without its proof a booking is on no invoice: only its late pick-up is.
    Booking.objects.filter(pk=billed.pk).update(trace={})
    collected(billed, "13:50")
    period = month_of(billed.session.starts_on)
    run = draft_run(regie=a_regie(), period=period, actor=None, now=NIGHT)
    issue_run(run=run, actor=None, now=NIGHT)
    invoice = Invoice.objects.get(run=run)
    paid = Receipt(PaymentMethod.COUNTER, invoice.total_minor, NIGHT)
    record_payment(invoice=invoice, receipt=paid, actor=None)
    collected(waiting, "13:50")
    return family


def erase(family):
    erase_households(households=[family.household.pk], actor=None, now=NIGHT)
    connection.check_constraints()


def test_what_an_invoice_holds_stays_when_the_family_is_erased(family):
    erase(family)

    late = LatePickup.objects.get()
    assert late.booking.session.starts_on.isoformat() == DAYS[0]
    # The other one was billed too: its booking stays, its late pick-up goes.
    assert Booking.objects.count() == 2


def test_ten_years_later_nothing_is_left_but_amounts(family):
    erase(family)
    total = sum(Charge.objects.values_list("amount_minor", flat=True))

    assert forget(LATER) == 1

    assert not LatePickup.objects.exists()
    assert not Booking.objects.exists()
    assert sum(Charge.objects.values_list("amount_minor", flat=True)) == total
