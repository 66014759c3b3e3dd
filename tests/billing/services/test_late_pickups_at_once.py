"""An hour corrected while its invoice is issued: one of both wins, never a mix."""

from datetime import date, timedelta

import pytest
from django_tenants.utils import tenant_context

from billing.models import Charge
from billing.services.run_errors import OutdatedRunError
from billing.services.runs import cancel_run, draft_run, issue_run
from enrolment.models import LatePickup
from enrolment.services.late_pickup_errors import BilledError
from foundation.periods import Period
from tests.billing.builders import a_regie
from tests.billing.services.test_concurrency import in_threads, town
from tests.enrolment.booking_builders import accepted_family
from tests.enrolment.late_builders import NIGHT, collected, price_lateness, there

__all__ = ["town"]

DAYS = ("2026-12-01", "2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08")


def drafted(day):
    first = date.fromisoformat(day)
    period = Period(first, first + timedelta(days=1))
    return draft_run(regie=a_regie(), period=period, actor=None, now=NIGHT)


def told(act):
    """Do it; return the refusal, if any."""
    try:
        act()
    except (OutdatedRunError, BilledError) as error:
        return type(error).__name__
    return ""


@pytest.mark.usefixtures("committed")
def test_an_invoice_never_holds_an_hour_that_was_corrected(town):
    outcomes = []
    with tenant_context(town):
        price_lateness()
        family = accepted_family()
        bookings = [there(family, day) for day in DAYS]

    for day, booking in zip(DAYS, bookings, strict=True):
        with tenant_context(town):
            collected(booking, "13:50")
            run = drafted(day)
        acts = [
            lambda run=run: issue_run(run=run, actor=None, now=NIGHT),
            lambda booking=booking: collected(booking, "14:20"),
        ]
        outcomes.append(in_threads(town, told, acts))
        with tenant_context(town):
            if outcomes[-1][0]:
                cancel_run(run=run, actor=None)

    # Exactly one of the two wins, each time.
    assert {bool(issued) != bool(corrected) for issued, corrected in outcomes} == {True}
    with tenant_context(town):
        for line in Charge.objects.filter(late_pickup__isnull=False):
            late = LatePickup.objects.get(charges=line)
            assert (line.trace, line.amount_minor) == (late.trace, late.price_minor)
