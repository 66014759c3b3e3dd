"""What the worker does for families."""

from django.utils import timezone

from families.services.importing import apply_import, check_import
from families.services.sign_up import send_sign_up_link
from foundation.jobs.town import town_task
from tenants.queries import current_town


@town_task(queue="mail")
def write_sign_up_link(*, link_id: int) -> None:
    """Write to an address that asked for its link."""
    send_sign_up_link(link_id=link_id, now=timezone.now())


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
