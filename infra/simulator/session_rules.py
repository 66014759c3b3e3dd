"""What Stripe refuses in a Checkout Session beyond types and names."""

from urllib.parse import urlsplit

from infra.simulator.desk import Desk
from infra.simulator.errors import ApiError, missing, not_simulated
from infra.simulator.store import Json

HALF_HOUR, DAY = 1800, 86400
PLAYED = {
    "allowed_payment_method_types",
    "branding_settings",
    "cancel_url",
    "client_reference_id",
    "currency",
    "customer",
    "customer_creation",
    "customer_email",
    "excluded_payment_method_types",
    "expand",
    "expires_at",
    "line_items",
    "locale",
    "metadata",
    "mode",
    "payment_intent_data",
    "setup_intent_data",
    "submit_type",
    "success_url",
    "ui_mode",
}
PLAYED_INSIDE = {
    "branding_settings": {"display_name"},
    "payment_intent_data": {
        "description",
        "metadata",
        "receipt_email",
        "setup_future_usage",
        "statement_descriptor",
        "statement_descriptor_suffix",
    },
    "setup_intent_data": {"description", "metadata"},
}


def check_session(desk: Desk, params: Json) -> None:
    """Raise ApiError at the first rule the request breaks."""
    _check_played(params)
    _check_mode(params)
    _check_urls(params)
    _check_customer(desk, params)
    _check_expiry(desk, params)
    if len(params.get("client_reference_id", "")) > 200:
        raise ApiError("Up to 200 characters.", param="client_reference_id")


def _check_played(params: Json) -> None:
    if beyond := params.keys() - PLAYED:
        raise not_simulated(min(beyond))
    for name, played in PLAYED_INSIDE.items():
        if beyond := params.get(name, {}).keys() - played:
            raise not_simulated(f"{name}[{min(beyond)}]")
    if params.get("mode") == "subscription":
        raise not_simulated("mode")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise not_simulated("ui_mode")


def _check_mode(params: Json) -> None:
    mode = params.get("mode")
    if mode is None:
        raise missing("mode")
    if mode == "payment" and not params.get("line_items"):
        raise missing("line_items")
    wrong = {
        "payment": ("setup_intent_data",),
        "setup": ("line_items", "payment_intent_data", "submit_type"),
    }[mode]
    for name in wrong:
        if name in params:
            raise ApiError(f"You can not pass {name} in {mode} mode.", param=name)
    if mode == "setup" and not params.keys() & {
        "currency",
        "allowed_payment_method_types",
    }:
        raise missing("currency")


def _check_urls(params: Json) -> None:
    if "success_url" not in params:
        raise missing("success_url")
    for name in ("success_url", "cancel_url"):
        parts = urlsplit(params.get(name, "https://nowhere.test"))
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ApiError("Not a valid URL", code="url_invalid", param=name)


def _check_customer(desk: Desk, params: Json) -> None:
    if "customer" not in params:
        return
    desk.get("customer", params["customer"], param="customer")
    for name in ("customer_email", "customer_creation"):
        if name in params:
            raise ApiError(
                f"You may only specify one of these: customer, {name}.", param=name
            )


def _check_expiry(desk: Desk, params: Json) -> None:
    until = params.get("expires_at", desk.now + DAY) - desk.now
    # One minute of grace on both sides, for clocks that differ.
    if not HALF_HOUR - 60 <= until <= DAY + 60:
        raise ApiError(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours "
            "from now.",
            param="expires_at",
        )


def methods_offered(desk: Desk, params: Json, currency: str) -> list[str]:
    """Return what the Dashboard switched on, filtered as the request says."""
    offered = [
        method
        for method in desk.account.profile["methods"]
        if method != "sepa_debit" or currency == "eur"
    ]
    allowed = params.get("allowed_payment_method_types", offered)
    excluded = params.get("excluded_payment_method_types", [])
    kept = [each for each in offered if each in allowed and each not in excluded]
    if not kept:
        raise ApiError(
            "No valid payment method types for this Checkout Session. Switch some "
            "on in the Dashboard, or widen the filter.",
            param="allowed_payment_method_types",
        )
    return kept
