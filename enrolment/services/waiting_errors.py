"""Why a place cannot be offered, or an offer answered, in sentences for people."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class NotOnListError(DomainError):
    """The request does not wait for a place: it was answered, or left the list."""

    def __init__(self) -> None:
        super().__init__(_("This child no longer waits for a place. Reload the page."))


class AlreadyOfferedError(DomainError):
    """A place is offered already: one at a time."""

    def __init__(self) -> None:
        super().__init__(_("A place is already offered. Wait for the answer."))


class OfferClosedError(DomainError):
    """The offer was answered, taken back, or its time is over."""

    def __init__(self) -> None:
        super().__init__(_("This offer is over. Look at where your request stands."))


class NoTimeToAnswerError(DomainError):
    """The last day to answer has passed already."""

    def __init__(self) -> None:
        super().__init__(_("Leave the family at least until tomorrow to answer."))
