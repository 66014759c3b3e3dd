"""What a tracking number says of a request for a file number, or of a change."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from families.domain.tracking import Tracked
from families.models import FileRequest
from families.queries.changes import find_tracked_change
from families.signals import number_tracked
from foundation.accounts.models import Account
from foundation.references import tidy_reference

TONES = {"submitted": "pending", "accepted": "success", "refused": "danger"}


@receiver(number_tracked, dispatch_uid="families-tracking")
def tell_state(number: str, account: Account | None, **_kwargs: Any) -> Tracked | None:
    """Say where a request stands; lead its own account to it."""
    found = FileRequest.objects.filter(tracking_number=tidy_reference(number)).first()
    if found is None:
        return None
    is_theirs = account is not None and found.account_id == account.pk
    return Tracked(
        subject=_("Request for a file number"),
        status=found.get_status_display(),
        tone=TONES[found.status],
        sent_on=timezone.localtime(found.submitted_at).date(),
        href=reverse("families:file-request", args=[found.public_id])
        if is_theirs
        else "",
    )


@receiver(number_tracked, dispatch_uid="families-tracking-changes")
def tell_change(number: str, account: Account | None, **_kwargs: Any) -> Tracked | None:
    """Say whether a change still waits, never what it is; lead its own household."""
    found = find_tracked_change(number, account)
    if found is None:
        return None
    asked, is_theirs = found
    waits = asked.closed_at is None
    return Tracked(
        subject=_("Change of a family's file"),
        status=_("Waiting for the town") if waits else _("Answered"),
        tone="pending" if waits else "success",
        sent_on=timezone.localtime(asked.submitted_at).date(),
        href=reverse("families:changes") if is_theirs else "",
    )
