import time

import pytest
import stripe

from tests.infra.simulator.program import session_params


def test_a_new_session_is_open_and_has_no_payment_yet(town):
    session = town.open_session(client_reference_id="invoice-7", metadata={"a": "b"})

    assert session.status == "open"
    assert session.payment_status == "unpaid"
    assert session.payment_intent is None
    assert session.amount_total == 1240
    assert session.client_reference_id == "invoice-7"
    assert session.metadata is not None
    assert session.metadata["a"] == "b"
    assert session.url == f"{town.url}/c/pay/{session.id}"
    assert session.livemode is False


def test_a_session_read_again_is_the_same(town):
    opened = town.open_session()

    read = town.client.v1.checkout.sessions.retrieve(opened.id)

    assert read.to_dict() == opened.to_dict()


def test_a_session_offers_what_the_dashboard_allows_and_the_request_keeps(town):
    every = town.open_session()
    cards = town.open_session(allowed_payment_method_types=["card"])
    debits = town.open_session(excluded_payment_method_types=["card"])

    assert every.payment_method_types == ["card", "sepa_debit"]
    assert cards.payment_method_types == ["card"]
    assert debits.payment_method_types == ["sepa_debit"]


def test_a_session_in_dollars_offers_no_sepa_debit(town):
    item = {
        "quantity": 1,
        "price_data": {
            "currency": "cad",
            "unit_amount": 700,
            "product_data": {"name": "Camp de jour"},
        },
    }

    session = town.open_session(line_items=[item])

    assert session.payment_method_types == ["card"]


def test_line_items_come_only_when_asked_for(town):
    session = town.open_session()

    expanded = town.client.v1.checkout.sessions.retrieve(
        session.id, {"expand": ["line_items"]}
    )
    listed = town.client.v1.checkout.sessions.line_items.list(session.id)

    assert "line_items" not in session
    assert expanded.line_items is not None
    assert [item.description for item in expanded.line_items.data] == ["Cantine"]
    assert [item.amount_total for item in listed.data] == [1240]


@pytest.mark.parametrize("way", ["another key", "another connected account"])
def test_a_session_of_another_account_does_not_exist(
    town, other_town, connected_town, way
):
    session = town.open_session()
    stranger = other_town if way == "another key" else connected_town

    with pytest.raises(stripe.InvalidRequestError) as refused:
        stranger.read(session.id)

    assert refused.value.http_status == 404
    assert refused.value.code == "resource_missing"


def test_a_page_of_sessions_leads_to_the_next_one(town):
    opened = [town.open_session().id for _ in range(5)]

    found = town.client.v1.checkout.sessions.list({"limit": 2})

    assert found.has_more
    assert [session.id for session in found.data] == opened[:2:-1]
    assert [s.id for s in found.auto_paging_iter()] == opened[::-1]


def test_sessions_are_filtered_by_status(town):
    town.paid_session()
    waiting = town.open_session()

    found = town.client.v1.checkout.sessions.list({"status": "open"})

    assert [session.id for session in found.data] == [waiting.id]


def test_an_expired_session_can_neither_be_paid_nor_expired_again(town):
    session = town.open_session()

    expired = town.client.v1.checkout.sessions.expire(session.id)

    assert (expired.status, expired.url) == ("expired", None)
    assert town.events() == ["checkout.session.expired"]
    with pytest.raises(Exception, match="is expired"):
        town.pay(session)
    with pytest.raises(stripe.InvalidRequestError, match="This one is expired"):
        town.client.v1.checkout.sessions.expire(session.id)


def test_a_paid_session_cannot_be_expired(town):
    session = town.paid_session()

    with pytest.raises(stripe.InvalidRequestError, match="This one is complete"):
        town.client.v1.checkout.sessions.expire(session.id)


def test_a_session_expires_by_itself_when_its_time_has_passed(town):
    now = town.control("GET", "health")["now"]
    short = town.open_session(expires_at=now + 1800)
    long = town.open_session()

    town.control("POST", "time", seconds=1801)

    assert town.read(short.id).status == "expired"
    assert town.read(long.id).status == "open"
    assert town.events() == ["checkout.session.expired"]


def test_expiring_a_session_cancels_the_payment_that_was_declined(town):
    session = town.open_session()
    town.pay(session, card="4000000000000002")

    town.client.v1.checkout.sessions.expire(session.id)

    assert town.read(session.id).payment_intent.status == "canceled"


@pytest.mark.parametrize("key", ["sk_live_abc", "rk_live_abc"])
def test_live_keys_are_refused(town, key):
    town.key = key

    with pytest.raises(stripe.AuthenticationError, match="live key"):
        town.open_session()


def test_a_key_of_no_known_kind_is_refused(town):
    town.key = "pk_test_abc"

    with pytest.raises(stripe.AuthenticationError, match="Invalid API Key"):
        town.open_session()


def test_a_town_that_revoked_the_platform_is_out_of_reach(connected_town):
    connected_town.open_session()
    connected_town.control("POST", f"accounts/{connected_town.account}", revoked=True)

    with pytest.raises(stripe.PermissionError) as refused:
        connected_town.open_session()

    assert refused.value.error is not None
    assert refused.value.error.code == "account_invalid"


def test_accounts_and_customers_are_read_back(town, connected_town):
    connected_town.control(
        "POST", f"accounts/{connected_town.account}", name="Rochebelle", country="CA"
    )
    customer = town.client.v1.customers.create({"email": "a@example.org", "name": "A"})

    account = connected_town.client.v1.accounts.retrieve(connected_town.account)

    assert account.business_profile is not None
    assert (account.business_profile.name, account.country) == ("Rochebelle", "CA")
    assert town.client.v1.accounts.retrieve_current().charges_enabled
    assert town.client.v1.customers.retrieve(customer.id).email == "a@example.org"


def test_a_session_for_a_known_customer_names_it(town):
    customer = town.client.v1.customers.create({"email": "a@example.org"})

    session = town.open_session(customer=customer.id, customer_email=None)
    town.pay(session)

    assert town.read(session.id).payment_intent.customer == customer.id


def test_an_answer_takes_little_time(town):
    client = town.client
    params = session_params()
    client.v1.checkout.sessions.create(params)
    start = time.perf_counter()

    for _ in range(20):
        client.v1.checkout.sessions.create(params)

    assert (time.perf_counter() - start) / 20 < 0.1
