"""Records of enrolment."""

from enrolment.models.access import Access, AccessRequest, RequestedProof
from enrolment.models.bookings import Booking, ExcusedBooking, Order
from enrolment.models.late_pickups import LatePickup
from enrolment.models.replays import TariffReplay
from enrolment.models.review import BulkDecision, ReadySentence
from enrolment.models.waiting import PlaceOffer

__all__ = [
    "Access",
    "AccessRequest",
    "Booking",
    "BulkDecision",
    "ExcusedBooking",
    "LatePickup",
    "Order",
    "PlaceOffer",
    "ReadySentence",
    "RequestedProof",
    "TariffReplay",
]
