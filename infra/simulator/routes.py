"""The part of Stripe's API that is played: method, path, parameters, handler."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stripe import params

from infra.simulator import customers, listing, refunds, sessions
from infra.simulator.errors import ApiError
from infra.simulator.store import Json

SESSIONS = "/v1/checkout/sessions"


@dataclass(frozen=True)
class Route:
    """`{id}` in the path is handed to the handler as its last argument."""

    method: str
    path: str
    schema: type
    handler: Callable[..., Json]

    def match(self, method: str, path: str) -> tuple[str, ...] | None:
        pattern = re.escape(self.path).replace(r"\{id\}", r"([\w]+)")
        found = re.fullmatch(pattern, path)
        return found.groups() if found and method == self.method else None


def _readable(
    kind: str, path: str, retrieve: type, many: type, *filters: str
) -> list[Route]:
    return [
        Route("GET", path, many, listing.listed(kind, path, *filters)),
        Route("GET", f"{path}/{{id}}", retrieve, listing.retrieve(kind)),
    ]


ROUTES = [
    Route(
        "POST", SESSIONS, params.checkout.SessionCreateParams, sessions.create_session
    ),
    Route(
        "POST",
        f"{SESSIONS}/{{id}}/expire",
        params.checkout.SessionExpireParams,
        sessions.expire_session,
    ),
    Route(
        "GET",
        f"{SESSIONS}/{{id}}/line_items",
        params.checkout.SessionListLineItemsParams,
        listing.session_items,
    ),
    *_readable(
        "checkout.session",
        SESSIONS,
        params.checkout.SessionRetrieveParams,
        params.checkout.SessionListParams,
        "customer",
        "payment_intent",
        "status",
    ),
    *_readable(
        "payment_intent",
        "/v1/payment_intents",
        params.PaymentIntentRetrieveParams,
        params.PaymentIntentListParams,
        "customer",
    ),
    *_readable(
        "charge",
        "/v1/charges",
        params.ChargeRetrieveParams,
        params.ChargeListParams,
        "customer",
        "payment_intent",
    ),
    Route("POST", "/v1/refunds", params.RefundCreateParams, refunds.create_refund),
    *_readable(
        "refund",
        "/v1/refunds",
        params.RefundRetrieveParams,
        params.RefundListParams,
        "charge",
        "payment_intent",
    ),
    Route(
        "POST", "/v1/customers", params.CustomerCreateParams, customers.create_customer
    ),
    *_readable(
        "customer",
        "/v1/customers",
        params.CustomerRetrieveParams,
        params.CustomerListParams,
        "email",
    ),
    *_readable(
        "event",
        "/v1/events",
        params.EventRetrieveParams,
        params.EventListParams,
        "type",
        "types",
    ),
    *_readable(
        "balance_transaction",
        "/v1/balance_transactions",
        params.BalanceTransactionRetrieveParams,
        params.BalanceTransactionListParams,
        "currency",
        "source",
        "type",
    ),
    *_readable(
        "payment_method",
        "/v1/payment_methods",
        params.PaymentMethodRetrieveParams,
        params.PaymentMethodListParams,
        "customer",
        "type",
    ),
    *_readable(
        "setup_intent",
        "/v1/setup_intents",
        params.SetupIntentRetrieveParams,
        params.SetupIntentListParams,
        "customer",
    ),
    Route(
        "GET",
        "/v1/mandates/{id}",
        params.MandateRetrieveParams,
        listing.retrieve("mandate"),
    ),
    Route(
        "GET", "/v1/account", params.AccountRetrieveCurrentParams, listing.own_account
    ),
    Route("GET", "/v1/accounts/{id}", params.AccountRetrieveParams, listing.account),
]


def find_route(method: str, path: str) -> tuple[Route, tuple[str, ...]]:
    for route in ROUTES:
        found = route.match(method, path)
        if found is not None:
            return route, found
    raise ApiError(
        f"Unrecognized request URL ({method}: {path}). The simulator plays a part "
        "of the API only.",
        status=404,
    )
