"""What a tracking number says of a request for access."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from enrolment.queries.tracking import find_tracked
from enrolment.services.request_lines import TONES
from families.domain.tracking import Tracked
from families.signals import number_tracked
from foundation.accounts.models import Account


@receiver(number_tracked, dispatch_uid="enrolment-tracking")
def tell_state(number: str, account: Account | None, **_kwargs: Any) -> Tracked | None:
    """Say where a request stands; lead its own household to it."""
    found = find_tracked(number, account)
    if found is None:
        return None
    request, is_theirs = found
    assert request.submitted_at is not None  # noqa: S101 - drafts are left out.
    return Tracked(
        subject=request.service.name,
        status=request.get_status_display(),
        tone=TONES[request.status],
        sent_on=timezone.localtime(request.submitted_at).date(),
        href=reverse("enrolment:request", args=[request.public_id])
        if is_theirs
        else "",
    )
