"""The messages about a waiting list: on it, a place offered, taken, given up."""

from django.utils import translation

from enrolment.enums import OfferState
from enrolment.models import AccessRequest, PlaceOffer
from enrolment.queries.waiting_list import rank_of
from enrolment.services.request_letters import send_about
from enrolment.services.what_next import next_lines
from tenants.queries import current_town


def send_listed(request: AccessRequest) -> None:
    """Say that the child is on the list, and the rank where the town shows it."""
    rank = rank_of(request) if request.service.shows_rank else None
    send_about("listed", request, rank=rank)


def send_offer(offer: PlaceOffer) -> None:
    """Offer the place: from when, what, and the last day to answer."""
    send_about("place_offered", offer.request, offer=offer)


def send_taken(offer: PlaceOffer) -> None:
    """Confirm that the place is taken, and say what comes next."""
    with translation.override(current_town().locale):
        lines = next_lines(offer.request.service)
    send_about("place_taken", offer.request, offer=offer, next=lines)


def send_offer_closed(offer: PlaceOffer) -> None:
    """Say why an offer is over, and that the child is still on the list."""
    send_about(
        "place_left",
        offer.request,
        offer=offer,
        is_declined=offer.state == OfferState.DECLINED,
        is_late=offer.state == OfferState.EXPIRED,
    )


def send_left(request: AccessRequest) -> None:
    """Confirm that the child is off the list."""
    send_about("list_left", request)
