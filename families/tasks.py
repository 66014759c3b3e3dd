"""What the worker does for families."""

from contextlib import suppress
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django_tenants.utils import tenant_context
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from families.services.importing import apply_import, check_import
from families.services.letters import make_letters, remove_old_letters
from families.services.privacy.asking import erase_accepted, warn_of_due
from families.services.privacy.copies import make_copy, remove_old_copies
from families.services.privacy.runs import count_monthly, make_run
from families.services.proof_warnings import warn_of_endings, warning_is_due
from families.services.review_reminders import remind_of_review, reminder_is_due
from families.services.seals import read_seals
from families.services.sign_up import send_sign_up_link
from families.signals import (
    copy_asked,
    document_kept,
    erasure_accepted,
    erasure_asked,
    import_decided,
    letters_asked,
    tables_handed_in,
)
from foundation.jobs.town import town_task
from foundation.town import enter_public
from tenants.models import Town
from tenants.queries import current_town

ENDINGS = "families.tasks.warn_of_proofs_everywhere"
REVIEWS = "families.tasks.remind_of_reviews_everywhere"
KEEPING = "families.tasks.look_after_data_everywhere"
#: On this day of the month, what is kept too long is counted.
COUNTING_DAY = 1


@town_task(queue="mail")
def write_sign_up_link(*, link_id: int) -> None:
    """Write to an address that asked for its link."""
    send_sign_up_link(link_id=link_id, now=timezone.now())


@town_task()
def make_letters_of(*, run_id: int) -> None:
    """Print the letters of a run, and remove the files nobody removed in time."""
    now = timezone.now()
    remove_old_letters(now=now)
    make_letters(run_id=run_id, now=now)


@town_task()
def check_tables_of(*, import_id: int) -> None:
    """Read the files of an import and note what is wrong with them."""
    check_import(import_id=import_id, today=timezone.localdate())


@town_task(retries=1)
def take_families_of(*, import_id: int) -> None:
    """Write the families of an import, all of them or none."""
    apply_import(
        import_id=import_id,
        today=timezone.localdate(),
        now=timezone.now(),
        country="CA" if current_town().locale == "fr-ca" else "FR",
    )


@receiver(letters_asked, dispatch_uid="families-letters-asked")
def make_letters_soon(run_id: int, **_kwargs: Any) -> None:
    """Queue the printing of letters."""
    make_letters_of.defer(lock=f"letters-{run_id}", run_id=run_id)


@receiver(tables_handed_in, dispatch_uid="families-tables-handed-in")
def check_soon(import_id: int, **_kwargs: Any) -> None:
    """Queue the reading of what was just handed in."""
    check_tables_of.defer(import_id=import_id)


@receiver(import_decided, dispatch_uid="families-import-decided")
def take_soon(import_id: int, **_kwargs: Any) -> None:
    """Queue the writing of an import; one job at a time for each."""
    take_families_of.defer(lock=f"import-{import_id}", import_id=import_id)


@town_task()
def make_copy_of(*, copy_id: int) -> None:
    """Make the copy of somebody's data, and remove those that are over."""
    now = timezone.now()
    remove_old_copies(now=now)
    make_copy(copy_id=copy_id, now=now)


@receiver(copy_asked, dispatch_uid="families-copy-asked")
def make_copy_soon(copy_id: int, **_kwargs: Any) -> None:
    """Queue the copy of somebody's data."""
    make_copy_of.defer(lock=f"copy-{copy_id}", copy_id=copy_id)


@town_task(retries=1)
def make_run_of(*, run_id: int) -> None:
    """Count what is kept too long, or erase it."""
    make_run(run_id=run_id, now=timezone.now())


@receiver(erasure_asked, dispatch_uid="families-erasure-asked")
def make_run_soon(run_id: int, **_kwargs: Any) -> None:
    """Queue a run; one at a time in a town."""
    make_run_of.defer(lock="erasure", run_id=run_id)


@town_task(retries=1)
def erase_family_of(*, request_id: int) -> None:
    """Erase the family whose request was accepted."""
    erase_accepted(
        request_id=request_id, today=timezone.localdate(), now=timezone.now()
    )


@receiver(erasure_accepted, dispatch_uid="families-erasure-accepted")
def erase_soon(request_id: int, **_kwargs: Any) -> None:
    """Queue the erasure of a family; one at a time in a town."""
    erase_family_of.defer(lock="erasure", request_id=request_id)


@town_task()
def look_after_data() -> None:
    """Each day, end copies and warn of answers due; each month, count or erase."""
    now, today = timezone.now(), timezone.localdate()
    remove_old_copies(now=now)
    warn_of_due(today=today, now=now)
    if today.day == COUNTING_DAY:
        count_monthly(now=now)


@app.periodic(cron="40 5 * * *")
@app.task(name=KEEPING, queueing_lock=KEEPING)
def look_after_data_everywhere(timestamp: int) -> int:
    """Ask every open town to look after the data it keeps; return how many."""
    enter_public()
    asked = 0
    try:
        for town in Town.objects.open():
            with tenant_context(town):
                asked += 1
                with suppress(AlreadyEnqueued):
                    look_after_data.defer(queueing_lock="look after data")
    finally:
        enter_public()
    return asked


@town_task()
def remind_of_reviews() -> None:
    """Remind one town's households of the yearly review, once a season."""
    remind_of_review(today=timezone.localdate())


@app.periodic(cron="10 6 * * *")
@app.task(name=REVIEWS, queueing_lock=REVIEWS)
def remind_of_reviews_everywhere(timestamp: int) -> int:
    """Ask the open towns whose review has begun to remind their households.

    Returns how many towns were asked. Each works in its own job.
    """
    enter_public()
    asked = 0
    try:
        for town in Town.objects.open():
            with tenant_context(town):
                if reminder_is_due(today=timezone.localdate()):
                    asked += 1
                    with suppress(AlreadyEnqueued):
                        remind_of_reviews.defer(queueing_lock="remind of reviews")
    finally:
        enter_public()
    return asked


@town_task()
def read_seals_of(*, document_id: int) -> None:
    """Look for the signed code of a document, and check it."""
    read_seals(document_id=document_id, now=timezone.now())


@receiver(document_kept, dispatch_uid="families-document-kept")
def read_seals_soon(document_id: int, **_kwargs: Any) -> None:
    """Queue the reading of a document that was just kept."""
    read_seals_of.defer(document_id=document_id)


@town_task()
def warn_of_proofs() -> None:
    """Tell one town's households which of their proofs end soon."""
    warn_of_endings(today=timezone.localdate())


@app.periodic(cron="25 6 * * *")
@app.task(name=ENDINGS, queueing_lock=ENDINGS)
def warn_of_proofs_everywhere(timestamp: int) -> int:
    """Ask the open towns where a proof ends soon to tell it; return how many."""
    enter_public()
    asked = 0
    try:
        for town in Town.objects.open():
            with tenant_context(town):
                if warning_is_due(today=timezone.localdate()):
                    asked += 1
                    with suppress(AlreadyEnqueued):
                        warn_of_proofs.defer(queueing_lock="warn of proofs")
    finally:
        enter_public()
    return asked
