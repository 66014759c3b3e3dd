"""What a tracking number says of a request for a file number."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from families.domain.tracking import Tracked
from families.models import FileRequest
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
