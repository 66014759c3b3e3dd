"""What enrolment does when something happens elsewhere."""

from enrolment.receivers import (
    bookings,
    closing,
    expected,
    file,
    following,
    opening,
    recaps,
    requests,
    staff_file,
    steps,
    tracking,
)

__all__ = [
    "bookings",
    "closing",
    "expected",
    "file",
    "following",
    "opening",
    "recaps",
    "requests",
    "staff_file",
    "steps",
    "tracking",
]
