from typing import Any

import pytest
import stripe

from tests.infra.simulator.program import session_params

DAY = 86400
PRICE = {
    "currency": "eur",
    "unit_amount": 500,
    "product_data": {"name": "Cantine"},
}


def item(**price):
    data = {k: v for k, v in (PRICE | price).items() if v is not None}
    return [{"quantity": 1, "price_data": data}]


REFUSED: dict[str, tuple[dict[str, Any], str | None, str]] = {
    "the parameter that left the API": (
        {"payment_method_types": ["card"]},
        "payment_method_types_no_longer_supported",
        "payment_method_types",
    ),
    "an unknown parameter": ({"colour": "red"}, "parameter_unknown", "colour"),
    "an unknown parameter inside": (
        {"line_items": item(unit_amount_cents=1)},
        "parameter_unknown",
        "line_items[0][price_data][unit_amount_cents]",
    ),
    "no mode": ({"mode": None}, "parameter_missing", "mode"),
    "no success address": ({"success_url": None}, "parameter_missing", "success_url"),
    "nothing to pay": ({"line_items": None}, "parameter_missing", "line_items"),
    "a missing currency inside": (
        {"line_items": item(currency=None)},
        "parameter_missing",
        "line_items[0][price_data][currency]",
    ),
    "an amount that is not whole": (
        {"line_items": item(unit_amount="4.50")},
        "parameter_invalid_integer",
        "line_items[0][price_data][unit_amount]",
    ),
    "a negative amount": (
        {"line_items": item(unit_amount=-1)},
        "parameter_invalid_integer",
        "line_items[0][price_data][unit_amount]",
    ),
    "too small a total": (
        {"line_items": item(unit_amount=49)},
        "amount_too_small",
        "line_items",
    ),
    "two currencies": (
        {"line_items": [*item(), *item(currency="cad")]},
        None,
        "line_items",
    ),
    "a value outside the list": ({"mode": "gift"}, None, "mode"),
    "a locale that does not exist": ({"locale": "xx"}, None, "locale"),
    "an empty string": (
        {"client_reference_id": ""},
        "parameter_invalid_empty",
        "client_reference_id",
    ),
    "a hash where a word is wanted": ({"mode": {"a": "b"}}, None, "mode"),
    "a word where a list is wanted": ({"line_items": "one"}, None, "line_items"),
    "an address that is not one": (
        {"success_url": "javascript:alert(1)"},
        "url_invalid",
        "success_url",
    ),
    "too long a reference": (
        {"client_reference_id": "x" * 201},
        None,
        "client_reference_id",
    ),
    "too long a metadata value": ({"metadata": {"a": "x" * 501}}, None, "metadata"),
    "a customer of nobody": (
        {"customer": "cus_none", "customer_email": None},
        "resource_missing",
        "customer",
    ),
    "what Stripe does and the simulator does not": (
        {"allow_promotion_codes": True},
        "not_simulated",
        "allow_promotion_codes",
    ),
    "a setup with something to pay": ({"mode": "setup"}, None, "line_items"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_session_is_refused_for(town, case):
    changes, code, param = REFUSED[case]

    with pytest.raises(stripe.InvalidRequestError) as refused:
        town.open_session(**changes)

    assert refused.value.http_status == (404 if code == "resource_missing" else 400)
    assert (refused.value.code, refused.value.param) == (code, param)
    assert town.client.v1.checkout.sessions.list().data == []


@pytest.mark.parametrize("seconds", [1500, DAY + 300])
def test_a_session_lasts_from_half_an_hour_to_a_day(town, seconds):
    now = town.control("GET", "health")["now"]

    with pytest.raises(stripe.InvalidRequestError) as refused:
        town.open_session(expires_at=now + seconds)

    assert refused.value.param == "expires_at"


def test_a_session_without_any_way_to_pay_is_refused(town):
    with pytest.raises(stripe.InvalidRequestError, match="Dashboard"):
        town.open_session(allowed_payment_method_types=["ideal"])


def test_metadata_keys_may_look_like_list_positions(town):
    session = town.open_session(metadata={"0": "first", "1": "second"})

    assert session.metadata is not None
    assert session.metadata.to_dict() == {"0": "first", "1": "second"}


def test_an_older_version_of_the_api_is_refused(town):
    client = town.client

    with pytest.raises(stripe.InvalidRequestError, match=stripe.api_version):
        client.v1.checkout.sessions.create(
            session_params(), {"stripe_version": "2022-08-01"}
        )


def test_an_address_outside_the_part_played_is_refused(town):
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        town.client.v1.coupons.list()


@pytest.mark.parametrize("path", ["customer_email", "payment_intent.customer.x.y.z"])
def test_what_cannot_be_expanded_is_refused(town, path):
    session = town.open_session()

    with pytest.raises(stripe.InvalidRequestError) as refused:
        town.client.v1.checkout.sessions.retrieve(session.id, {"expand": [path]})

    assert refused.value.param == "expand"
