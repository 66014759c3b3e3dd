"""Why an order or a cancellation cannot go on, in sentences for the family."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from enrolment.services.choosing import Refused
from foundation.errors import DomainError


class BasketChangedError(DomainError):
    """What the page showed is not what the basket holds any more."""

    def __init__(self) -> None:
        super().__init__(
            _("Your basket has changed since this page. Check it, then confirm again.")
        )


class NothingBookedError(DomainError):
    """Every place asked for was refused, and nothing was given up."""

    def __init__(self, refused: Sequence[Refused]) -> None:
        super().__init__(_("Nothing was booked. The reasons are below."))
        self.refused = tuple(refused)


class NothingToChangeError(DomainError):
    """The choices are what is booked already."""

    def __init__(self) -> None:
        super().__init__(_("Nothing changes: these days are as you want them."))


class NotBookedError(DomainError):
    """The booking was cancelled already, or never confirmed."""

    def __init__(self) -> None:
        super().__init__(_("This booking is cancelled already."))


class AlreadyStartedError(DomainError):
    """The session has begun: attendance decides, not the family."""

    def __init__(self) -> None:
        super().__init__(
            _("This day has begun: it cannot be cancelled. Please call us.")
        )
