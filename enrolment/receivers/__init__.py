"""What enrolment does when something happens elsewhere."""

from enrolment.receivers import bookings, following, requests, tracking

__all__ = ["bookings", "following", "requests", "tracking"]
