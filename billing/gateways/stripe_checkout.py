"""Card payments on Stripe's hosted page, through the official SDK.

One client for each use: the SDK's own globals would be shared between towns. The
money goes straight to the régie's connected account; the platform never holds it.
"""

import logging
from datetime import UTC, datetime
from typing import Any, Final, cast
from urllib.parse import urlsplit

import stripe
from django.conf import settings

from billing.gateways.checkout import (
    EventNotice,
    PageAsked,
    PageState,
    ProviderUnavailableError,
    StaleRequestError,
)

log = logging.getLogger(__name__)

TIMEOUT: Final = 15
RETRIES: Final = 2
_LIVE_API: Final = "https://api.stripe.com"
_LIVE_PAGES: Final = "https://checkout.stripe.com"
_FAILED_INTENTS: Final = frozenset({"requires_payment_method", "canceled"})
# Languages of the hosted page; Stripe tells the two French apart.
_LOCALES: Final = {"fr": "fr", "fr-ca": "fr-CA", "en": "en"}


class BadSignatureError(Exception):
    """A message that the provider did not sign, or signed too long ago."""


class StripeCheckout:
    """The hosted pages of one connected account."""

    def __init__(self, *, account: str) -> None:
        """Prepare a client for the account of a régie (acct_…)."""
        self._client = stripe.StripeClient(
            settings.STRIPE_API_KEY,
            base_addresses={"api": settings.STRIPE_API_BASE},
            max_network_retries=RETRIES,
            stripe_account=account,
            http_client=stripe.RequestsClient(timeout=TIMEOUT),
        )

    def open(self, asked: PageAsked) -> PageState:
        """Open a page, or return the one that the same key opened before."""
        price: Any = {
            "currency": asked.currency.lower(),
            "unit_amount": asked.amount_minor,
            "product_data": {"name": asked.label},
        }
        metadata = dict(asked.metadata)
        try:
            session = self._client.v1.checkout.sessions.create(
                {
                    "mode": "payment",
                    "line_items": [{"quantity": 1, "price_data": price}],
                    "allowed_payment_method_types": ["card"],
                    "client_reference_id": metadata["attempt"],
                    "customer_email": asked.email,
                    "locale": cast("Any", _LOCALES.get(asked.locale, "auto")),
                    "success_url": asked.success_url,
                    "cancel_url": asked.cancel_url,
                    "expires_at": int(asked.expires_at.timestamp()),
                    "metadata": metadata,
                    "payment_intent_data": {
                        "metadata": metadata,
                        "description": asked.label,
                    },
                },
                {"idempotency_key": asked.key},
            )
        except (stripe.InvalidRequestError, stripe.IdempotencyError) as error:
            log.warning("page refused: %s", error.code)
            raise StaleRequestError from error
        except stripe.StripeError as error:
            log.warning("page not opened: %s", error.code or type(error).__name__)
            raise ProviderUnavailableError from error
        return _state(session)

    def read(self, page_id: str) -> PageState:
        """Return where a page stands."""
        try:
            return self._read(page_id)
        except stripe.StripeError as error:
            raise ProviderUnavailableError from error

    def close(self, page_id: str) -> PageState:
        """Close an open page; a page already paid or expired is only read."""
        try:
            self._client.v1.checkout.sessions.expire(page_id)
        except stripe.InvalidRequestError:
            return self.read(page_id)
        except stripe.StripeError as error:
            raise ProviderUnavailableError from error
        return self.read(page_id)

    def _read(self, page_id: str) -> PageState:
        session = self._client.v1.checkout.sessions.retrieve(
            page_id, {"expand": ["payment_intent"]}
        )
        return _state(session)


def read_event(body: bytes, signature: str) -> EventNotice:
    """Verify a webhook's raw body and say what it is about.

    Raises BadSignatureError for a message that is forged, altered or too old.
    """
    client = stripe.StripeClient(settings.STRIPE_API_KEY or "unused")
    try:
        event = client.construct_event(body, signature, settings.STRIPE_WEBHOOK_SECRET)
    except (ValueError, stripe.SignatureVerificationError) as error:
        raise BadSignatureError from error
    about = event.data.object.to_dict()
    return EventNotice(
        id=event.id,
        kind=event.type,
        account=getattr(event, "account", None) or "",
        object_id=str(about.get("id") or ""),
        metadata=dict(about.get("metadata") or {}),
    )


def page_origin() -> str:
    """Return where hosted pages live, for the browser's policy on forms."""
    if settings.STRIPE_API_BASE == _LIVE_API:
        return _LIVE_PAGES
    parts = urlsplit(settings.STRIPE_API_BASE)
    return f"{parts.scheme}://{parts.netloc}"


def _state(session: stripe.checkout.Session) -> PageState:
    intent = session.payment_intent
    known = intent if isinstance(intent, stripe.PaymentIntent) else None
    is_paid = session.payment_status == "paid"
    finished = session.status == "complete" and not is_paid
    failed = known is not None and known.status in _FAILED_INTENTS
    return PageState(
        id=session.id,
        url=session.url or "",
        expires_at=datetime.fromtimestamp(session.expires_at, tz=UTC),
        is_open=session.status == "open",
        is_under_way=finished and not failed,
        is_expired=session.status == "expired",
        is_paid=is_paid,
        amount_minor=session.amount_total or 0,
        currency=(session.currency or "").upper(),
        payment=known.id if known is not None else str(intent or ""),
        failure=_failure(known),
    )


def _failure(intent: stripe.PaymentIntent | None) -> str:
    error = intent.last_payment_error if intent is not None else None
    return (error.message or "")[:200] if error is not None else ""
