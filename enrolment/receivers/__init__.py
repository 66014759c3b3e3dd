"""What enrolment does when something happens elsewhere."""

from enrolment.receivers import bookings, requests

__all__ = ["bookings", "requests"]
