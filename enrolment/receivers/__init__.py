"""What enrolment does when something happens elsewhere."""

from enrolment.receivers import (
    bookings,
    closing,
    following,
    recaps,
    requests,
    staff_file,
    tracking,
)

__all__ = [
    "bookings",
    "closing",
    "following",
    "recaps",
    "requests",
    "staff_file",
    "tracking",
]
