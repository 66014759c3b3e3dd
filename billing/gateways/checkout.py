"""What the town asks of a card payment provider, whoever it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from billing.domain.errors import BillingError, gettext_noop


class ProviderUnavailableError(BillingError):
    """The provider does not answer, or not as it should."""

    code = "provider_unavailable"
    sentence = gettext_noop(
        "The payment service does not answer. Nothing was paid. "
        "Please try again in a few minutes."
    )


class StaleRequestError(ProviderUnavailableError):
    """The provider refuses a request because of its age or its state."""

    code = "stale_request"


@dataclass(frozen=True, slots=True)
class PageAsked:
    """The hosted page to open for one attempt; amounts in minor units.

    `key` makes the call safe to repeat: the same key opens the same page.
    """

    key: str
    amount_minor: int
    currency: str
    label: str
    email: str
    locale: str
    success_url: str
    cancel_url: str
    expires_at: datetime
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PageState:
    """Where a hosted page stands, as the provider says now.

    `is_paid` alone means money. `is_under_way` means a bank that has yet to answer,
    and `failure` why the last try was refused, in the provider's words.
    """

    id: str
    url: str
    expires_at: datetime
    is_open: bool
    is_under_way: bool
    is_paid: bool
    is_expired: bool
    amount_minor: int
    currency: str
    payment: str
    failure: str


@dataclass(frozen=True, slots=True)
class EventNotice:
    """A verified message of the provider: what it is about, nothing more."""

    id: str
    kind: str
    account: str
    object_id: str
    metadata: Mapping[str, str]


class CardCheckout(Protocol):
    """Opens, reads and closes hosted pages of one town's account."""

    def open(self, asked: PageAsked) -> PageState:
        """Open a page, or return the one that the same key opened before."""

    def read(self, page_id: str) -> PageState:
        """Return where a page stands."""

    def close(self, page_id: str) -> PageState:
        """Close an open page, so that nobody pays on it; a finished one is read."""
