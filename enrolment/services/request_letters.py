"""The messages about a request: received, to complete, accepted, refused.

They go to the account that sent the request, or to the adults of the household when
a clerk did at the counter, in the town's language, in the name of the department that
answers, with links on the town's own host.
"""

from collections.abc import Sequence
from datetime import date, datetime
from email.utils import formataddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from catalog.enums import Silence
from catalog.models import Service
from enrolment.models import Access, AccessRequest
from enrolment.queries.needs import Need
from enrolment.services.what_next import is_booked, next_lines
from families.queries import addresses_for
from foundation.periods import ONE_DAY
from foundation.post.letters import write_letter
from tenants.queries import base_url_of, current_town
from tenants.townhall.queries import town_settings


def send_received(request: AccessRequest, *, completed: bool, today: date) -> None:
    """Acknowledge a request: its number, its day, who answers and by when.

    Says too what silence means, and how to contest a refusal (CRPA, R112-5).
    """
    send_about(
        "received",
        request,
        completed=completed,
        received_on=today,
        answer_due=request.answer_due_on,
        silence=silence_lines(request),
    )


def send_to_complete(request: AccessRequest, refused: Sequence[Need]) -> None:
    """Say what is missing or wrong, proof by proof, and where to send it."""
    send_about("to_complete", request, refused=refused)


def send_accepted(request: AccessRequest, access: Access, *, now: datetime) -> None:
    """Say from when until when, and whether booking is open."""
    opens_at = request.service.bookings_open_at
    last = access.until_on - ONE_DAY if access.until_on else None
    with translation.override(current_town().locale):
        lines = next_lines(request.service)
    send_about(
        "accepted",
        request,
        access=access,
        last_day=last,
        is_booked=is_booked(request.service),
        next=lines,
        bookings_open_at=opens_at if opens_at and opens_at > now else None,
        bookings_url=f"{base_url_of(current_town())}/my/bookings/",
    )


def send_refused(request: AccessRequest) -> None:
    """Say why, and how to ask for another look."""
    send_about(
        "refused", request, appeal=appeal_for(current_town().locale, request.service)
    )


def silence_lines(request: AccessRequest) -> list[str]:
    """Return what the law makes of silence for a request, if it says anything."""
    with translation.override(current_town().locale):
        if request.silence == Silence.ACCEPTANCE:
            return [_("Without an answer by then, your request is accepted by law.")]
        if request.silence == Silence.REFUSAL:
            first = _("Without an answer by then, your request is refused by law.")
            return [first, *appeal_for(current_town().locale, request.service)]
    return []


def appeal_for(locale: str, service: Service | None = None) -> list[str]:
    """Return how a family contests a refusal: as the service says, else as the law."""
    if service is not None and service.appeal.strip():
        return service.appeal.strip().splitlines()
    if locale == "fr":
        return [
            _("You may ask the town to look again, within two months."),
            _("Without an answer after two months, it is refused."),
            _("You may then go to the administrative court, within two months."),
        ]
    return [_("You may ask the town to look again: answer this message.")]


def send_about(name: str, request: AccessRequest, **more: object) -> None:
    """Write to the family about a request, in the name of its department."""
    town, department = current_town(), request.service.department
    path = reverse("enrolment:request", args=[request.public_id])
    with translation.override(town.locale), timezone.override(town.time_zone):
        letter = write_letter(
            f"mail/enrolment/{name}.txt",
            {
                "request": request,
                "child": request.child.called,
                "service": request.service.name,
                "town": town_settings().name,
                "url": f"{base_url_of(town)}{path}",
                **more,
            },
            signature=f"{department.name}\n{town_settings().name}",
        )
    for address in addresses_for(request.submitted_by, request.household):
        mail = letter.to_mail(
            sender=formataddr((department.sender_name, settings.DEFAULT_FROM_EMAIL)),
            recipient=address,
        )
        mail.reply_to = [department.reply_to] if department.reply_to else []
        mail.send()
