"""What a family reads of its own place on a waiting list; nothing of the others."""

from dataclasses import dataclass
from datetime import datetime

from enrolment.enums import LISTED_REQUESTS
from enrolment.models import AccessRequest, PlaceOffer
from enrolment.queries.waiting_list import counts_points, find_open_offer, rank_of


@dataclass(frozen=True, slots=True)
class WaitingPart:
    """Since when, the rank where the town shows it, and the rule of the order.

    `points` is None where the service gives none: the date alone counts.
    """

    since: datetime | None
    rank: int | None
    points: int | None
    offer: PlaceOffer | None


def waiting_part(request: AccessRequest) -> WaitingPart | None:
    """Return what the family's page says of the list, None when not on it."""
    if request.status not in LISTED_REQUESTS:
        return None
    points = None
    if counts_points(request.service):
        points = request.situation.points if request.situation else 0
    return WaitingPart(
        since=request.submitted_at,
        rank=rank_of(request) if request.service.shows_rank else None,
        points=points,
        offer=find_open_offer(request),
    )
