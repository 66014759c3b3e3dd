"""States of requests and bookings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class RequestStatus(TextChoices):
    """The life of an access request."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Being reviewed")
    TO_COMPLETE = "to_complete", _("To complete")
    LISTED = "listed", _("On the waiting list")
    OFFERED = "offered", _("A place is offered")
    ACCEPTED = "accepted", pgettext_lazy("request", "Accepted")
    REFUSED = "refused", pgettext_lazy("request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")


# Requests that are not decided yet.
OPEN_REQUESTS = [
    RequestStatus.DRAFT,
    RequestStatus.SUBMITTED,
    RequestStatus.TO_COMPLETE,
]
# Requests that wait for a place.
LISTED_REQUESTS = [RequestStatus.LISTED, RequestStatus.OFFERED]
# One of these at a time for a child and a service.
LIVE_REQUESTS = [*OPEN_REQUESTS, *LISTED_REQUESTS]
# Requests that the family still writes.
WRITABLE_REQUESTS = [RequestStatus.DRAFT, RequestStatus.TO_COMPLETE]


class OfferState(TextChoices):
    """The life of a place offered to a child on a waiting list."""

    OPEN = "open", _("Waits for the family")
    ACCEPTED = "accepted", pgettext_lazy("offer", "Accepted")
    DECLINED = "declined", pgettext_lazy("offer", "Declined")
    EXPIRED = "expired", _("No answer in time")
    TAKEN_BACK = "taken_back", _("Taken back by the town")


class OfferAnswer(TextChoices):
    """What a family answers to an offer."""

    ACCEPT = "accept", _("Yes, we take this place")
    STAY = "stay", _("No, but keep our child on the list")
    LEAVE = "leave", _("No, take our child off the list")


class SentenceUse(TextChoices):
    """What a ready sentence explains."""

    REFUSE_PROOF = "refuse_proof", _("Refuse a proof")
    ASK_FOR_MORE = "ask_for_more", _("Ask the family for more")
    REFUSE_REQUEST = "refuse_request", _("Refuse a request")


class BulkAction(TextChoices):
    """What is decided of several requests at once."""

    ACCEPT = "accept", _("Accept")
    MORE = "more", _("Ask for more")
    REFUSE = "refuse", _("Refuse")


class NeedState(TextChoices):
    """Where a proof that a request asks for stands."""

    MISSING = "missing", _("To add")
    WAITING = "waiting", _("Added")
    VALID = "valid", _("Already accepted")
    REFUSED = "refused", _("Refused")
    EXPIRED = "expired", _("Out of date")


class BookingStatus(TextChoices):
    """The life of a booking."""

    HELD = "held", _("In the basket")
    BOOKED = "booked", _("Booked")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", pgettext_lazy("booking", "Expired")


# Bookings that take a place.
SEATED = [BookingStatus.HELD, BookingStatus.BOOKED]


class Timing(TextChoices):
    """Whether a booking came in time; the tariff may depend on it."""

    IN_TIME = "in_time", _("In time")
    LATE = "late", _("Late")


class Attendance(TextChoices):
    """What happened on the day."""

    UNKNOWN = "unknown", _("Not recorded")
    PRESENT = "present", _("Present")
    ABSENT_JUSTIFIED = "absent_justified", _("Absent, justified")
    ABSENT_UNJUSTIFIED = "absent_unjustified", _("Absent")
