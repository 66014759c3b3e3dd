"""What the worker does for families."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from families.services.importing import apply_import, check_import
from families.services.letters import make_letters, remove_old_letters
from families.services.privacy.copies import make_copy, remove_old_copies
from families.services.sign_up import send_sign_up_link
from families.signals import (
    copy_asked,
    import_decided,
    letters_asked,
    tables_handed_in,
)
from foundation.jobs.town import town_task
from tenants.queries import current_town


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
