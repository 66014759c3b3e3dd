"""The month's invoices of a régie: drafted, looked at, then issued or given up.

The number of SQL statements of each step is the same for five families and for five
thousand.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from billing.enums import MoneyAction, RunStatus
from billing.models import BillingRun, Charge, Invoice, Regie
from billing.queries.runs import outdated_lines
from billing.services.adding_up import complete_drafts, take_back
from billing.services.days import local_day
from billing.services.issuing import issue_invoices
from billing.services.lines import Drafts, draft_month
from billing.services.run_errors import (
    DraftRunExistsError,
    NotDraftError,
    NothingToBillError,
    OutdatedRunError,
)
from billing.signals import run_issued
from foundation.accounts.models import Account
from foundation.journal.services import record
from foundation.periods import Period
from tenants.queries import current_town

# Prepaid courses have this long to get their own invoice before a run takes them.
PREPAID_GRACE = timedelta(days=1)


@transaction.atomic
def draft_run(
    *, regie: Regie, period: Period, actor: Account | None, now: datetime
) -> BillingRun:
    """Draft one invoice per household for a régie's bookings of a period.

    Raises DraftRunExistsError, or NothingToBillError when no booking waits.
    """
    # Orders of this régie are billed under the same lock.
    Regie.objects.select_for_update(of=("self",)).get(pk=regie.pk)
    run = _open_run(regie, period, actor)
    drafts = draft_month(
        run=run, currency=current_town().currency, settled_before=now - PREPAID_GRACE
    )
    if not drafts.invoice_ids:
        raise NothingToBillError
    drafts = complete_drafts(regie=run.regie, drafts=drafts)
    _record_drafts(run, drafts, actor)
    return run


@transaction.atomic
def cancel_run(*, run: BillingRun, actor: Account | None) -> None:
    """Give drafts up: their bookings wait for the next run again."""
    run = _lock_draft(run)
    take_back(Invoice.objects.filter(run=run).values("pk"))
    lines = Charge.objects.filter(invoice__run=run)
    lines.filter(booking=None, late_pickup=None).update(invoice=None)
    # Nothing points to lines and drafts: no need to look for what to cascade to.
    lines._raw_delete(using="default")  # noqa: SLF001 - plain DELETE.
    Invoice.objects.filter(run=run)._raw_delete(using="default")  # noqa: SLF001 - as above.
    run.status = RunStatus.CANCELLED
    run.save(update_fields=["status"])
    record(actor=actor, action=MoneyAction.RUN_GIVEN_UP, target=run)


@transaction.atomic
def issue_run(*, run: BillingRun, actor: Account | None, now: datetime) -> int:
    """Issue every draft of a run and return how many there were.

    All or nothing, numbered without a gap. Documents and messages follow as jobs.
    Raises NotDraftError, or OutdatedRunError when bookings or late pick-ups changed
    meanwhile.
    """
    run = _lock_draft(run)
    if outdated := outdated_lines(run):
        raise OutdatedRunError(count=outdated)
    run.status = RunStatus.ISSUED
    run.issued_at = now
    run.save(update_fields=["status", "issued_at"])
    run_issued.send(sender=BillingRun, run_id=run.pk)
    ids = list(Invoice.objects.filter(run=run).values_list("pk", flat=True))
    record(
        actor=actor,
        action=MoneyAction.RUN_ISSUED,
        target=run,
        new={"invoices": len(ids)},
    )
    # Numbers last: nothing but the commit comes after them.
    return issue_invoices(regie=run.regie, invoice_ids=ids, today=local_day(now))


def _open_run(regie: Regie, period: Period, actor: Account | None) -> BillingRun:
    try:
        with transaction.atomic():
            return BillingRun.objects.create(
                regie=regie,
                from_on=period.start,
                until_on=period.start + timedelta(days=len(period)),
                started_by=actor,
            )
    except IntegrityError as error:
        raise DraftRunExistsError from error


def _lock_draft(run: BillingRun) -> BillingRun:
    locked = (
        BillingRun.objects.select_for_update(of=("self",))
        .select_related("regie")
        .get(pk=run.pk)
    )
    if locked.status != RunStatus.DRAFT:
        raise NotDraftError
    return locked


def _record_drafts(run: BillingRun, drafts: Drafts, actor: Account | None) -> None:
    facts = {
        "invoices": len(drafts.invoice_ids),
        "total_minor": drafts.total_minor,
        "from": run.from_on,
        "until": run.until_on,
    }
    record(actor=actor, action=MoneyAction.RUN_DRAFTED, target=run, new=facts)
