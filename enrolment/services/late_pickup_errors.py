"""Why an hour of pick-up is not written: sentences that say what to do next."""

from datetime import time

from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices import NoRuleAppliesError, PriceError
from catalog.services.price_wording import explain_price_error
from foundation.errors import DomainError


class NotPresentError(DomainError):
    """Nobody collects a child who was not there."""

    def __init__(self) -> None:
        super().__init__(_("Tick the child as present first, then write the hour."))


class NotThatDayError(DomainError):
    """The session does not meet on the day."""

    def __init__(self) -> None:
        super().__init__(_("This session does not meet that day. Check the day."))


class NotYetCollectedError(DomainError):
    """The day, or the hour, is still to come."""

    def __init__(self) -> None:
        super().__init__(_("This hour has not come yet. Check it."))


class NotLateError(DomainError):
    """The child was collected in time."""

    def __init__(self, *, ends: time) -> None:
        text = _("It ends at %(hour)s: this is not late. Leave the hour empty.")
        super().__init__(text % {"hour": time_format(ends, "TIME_FORMAT")})


class NoLatePriceError(DomainError):
    """The tariff of the day gives no price for this delay."""

    def __init__(self, error: PriceError, *, minutes: int) -> None:
        if isinstance(error, NoRuleAppliesError):
            text = _(
                "The price list asks nothing for %(minutes)s minutes late. "
                "Leave the hour empty."
            )
            super().__init__(text % {"minutes": minutes})
        else:
            super().__init__(explain_price_error(error))


class ChildLeftError(DomainError):
    """The child left the household that booked: its facts are no longer known."""

    def __init__(self) -> None:
        super().__init__(
            _("The child left the household that booked. No price can be given.")
        )


class BilledError(DomainError):
    """An invoice that was issued holds this late pick-up: it never changes."""

    def __init__(self, number: str) -> None:
        text = _(
            "This late pick-up is on the invoice %(number)s. "
            "Give the line back on the page of the invoice."
        )
        super().__init__(text % {"number": number})


class CollectedLateError(DomainError):
    """Whoever was collected late was there."""

    def __init__(self) -> None:
        super().__init__(
            _("A late pick-up is written for this child. Empty its hour first.")
        )
