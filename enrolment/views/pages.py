"""What the family's booking pages share: the clock, the zone, the activity."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Activity
from enrolment.queries.planning import read_activity
from enrolment.services.retrying import retried
from families.views.access import FamilyRequest
from foundation.idempotency.services import once
from tenants.queries import current_town


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment of a request, in the town."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The day on the town's calendar."""
        return self.now.astimezone(self.zone).date()


def read_clock() -> Clock:
    """Return the time of this request."""
    return Clock(timezone.now(), ZoneInfo(current_town().time_zone))


def get_activity(public_id: UUID, kind: str) -> Activity:
    """Return a published activity of a kind, or raise Http404."""
    activity = read_activity(public_id=public_id, kind=kind)
    if activity is None:
        raise Http404
    return activity


def once_only(
    request: FamilyRequest,
    *,
    key: UUID,
    purpose: str,
    answers: dict[str, object],
    act: Callable[[], str],
) -> str:
    """Give a form one effect, and say so when it comes again."""
    ran = []

    def first_time() -> str:
        ran.append(True)
        return act()

    location = retried(
        lambda: once(
            account=request.user,
            key=key,
            purpose=purpose,
            answers=answers,
            act=first_time,
        )
    )
    if not ran:
        messages.info(request, _("You had confirmed this already: nothing is doubled."))
    return location


def new_key() -> UUID:
    """Return the key of a form about to be shown."""
    return uuid4()


def say_all(request: HttpRequest, sentences: list[str]) -> None:
    """Show sentences at the top of the next page."""
    for sentence in sentences:
        messages.warning(request, sentence)
