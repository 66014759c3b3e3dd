"""Find a request for access by its number, whoever asks."""

from django.db.models import Exists, OuterRef

from enrolment.models import AccessRequest
from families.models import Guardian
from foundation.accounts.models import Account
from foundation.references import tidy_reference


def find_tracked(
    typed: str, account: Account | None
) -> tuple[AccessRequest, bool] | None:
    """Return the request of a number, and whether the account's household sent it.

    A draft was never sent: it is not found. One read.
    """
    theirs = Guardian.objects.filter(
        household=OuterRef("household"),
        person__account_id=account.pk if account else 0,
    )
    found = (
        AccessRequest.objects.exclude(submitted_at=None)
        .filter(tracking_number=tidy_reference(typed))
        .annotate(is_theirs=Exists(theirs))
        .select_related("service")
        .first()
    )
    return (found, bool(getattr(found, "is_theirs", False))) if found else None
