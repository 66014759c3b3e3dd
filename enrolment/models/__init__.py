"""Records of enrolment."""

from enrolment.models.access import Access, AccessRequest, RequestedProof
from enrolment.models.bookings import Booking, ExcusedBooking, Order

__all__ = [
    "Access",
    "AccessRequest",
    "Booking",
    "ExcusedBooking",
    "Order",
    "RequestedProof",
]
