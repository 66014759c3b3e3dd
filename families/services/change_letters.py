"""The messages about a change: received, decided. They never hold the values."""

from collections.abc import Sequence
from email.utils import formataddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from families.models import ChangeRequest
from foundation.post.letters import write_letter
from tenants.queries import base_url_of, current_town
from tenants.townhall.queries import town_settings


def send_received(request: ChangeRequest, *, labels: Sequence[object]) -> None:
    """Say what waits, its number, and until when."""
    _send("received", request, labels=list(dict.fromkeys(labels)))


def send_decided(
    request: ChangeRequest,
    *,
    accepted: Sequence[object],
    refused: Sequence[tuple[object, str]],
    notices: Sequence[object],
) -> None:
    """Say what changed, what did not and why, and what is to be done now."""
    _send("decided", request, accepted=accepted, refused=refused, notices=notices)


def _send(name: str, request: ChangeRequest, **more: object) -> None:
    town, said = current_town(), town_settings()
    url = f"{base_url_of(town)}{reverse('families:changes')}"
    with translation.override(town.locale), timezone.override(town.time_zone):
        letter = write_letter(
            f"mail/families/change_{name}.txt",
            {"request": request, "town": said.name, "url": url, **more},
            signature=said.name,
        )
    if not request.submitted_by.email:
        return
    mail = letter.to_mail(
        sender=formataddr((said.name, settings.DEFAULT_FROM_EMAIL)),
        recipient=request.submitted_by.email,
    )
    mail.reply_to = [said.contact_email] if said.contact_email else []
    mail.send()
