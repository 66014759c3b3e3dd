import pytest
import stripe

ACCEPTED = "4242424242424242"
DECLINED = "4000000000000002"
CHALLENGED = "4000002500003155"
GOOD_IBAN = "FR1420041010050500013M02606"
BOUNCING_IBAN = "FR8420041010050500013M02607"


def test_a_paid_session_leads_to_the_money_and_its_fee(town):
    session = town.open_session(
        payment_intent_data={"metadata": {"invoice": "7"}, "description": "Invoice 7"}
    )

    town.pay(session)

    paid = town.read(session.id)
    intent = paid.payment_intent
    moved = town.client.v1.balance_transactions.retrieve(
        intent.latest_charge.balance_transaction
    )
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert (intent.status, intent.amount_received) == ("succeeded", 1240)
    assert intent.metadata["invoice"] == "7"
    assert intent.latest_charge.metadata["invoice"] == "7"
    assert intent.latest_charge.payment_method_details.card.last4 == "4242"
    assert (moved.amount, moved.fee, moved.net) == (1240, 44, 1196)
    assert town.events() == [
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_a_session_cannot_be_paid_twice(town):
    session = town.paid_session()

    with pytest.raises(Exception, match="is complete"):
        town.pay(session)

    assert len(town.client.v1.charges.list().data) == 1


def test_a_declined_card_leaves_the_session_open_for_another(town):
    session = town.open_session()

    declined = town.pay(session, card=DECLINED)
    between = town.read(session.id)
    accepted = town.pay(session, card=ACCEPTED)

    paid = town.read(session.id)
    assert (declined["result"], accepted["result"]) == ("declined", "complete")
    assert between.status == "open"
    assert between.payment_intent.status == "requires_payment_method"
    assert between.payment_intent.last_payment_error.code == "card_declined"
    assert between.payment_intent.last_payment_error.payment_method_type == "card"
    assert paid.payment_intent.id == between.payment_intent.id
    assert paid.payment_intent.last_payment_error is None
    assert town.events() == [
        "charge.failed",
        "payment_intent.payment_failed",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_a_card_that_is_not_a_test_card_is_declined(town):
    session = town.open_session()

    answer = town.pay(session, card="4539578763621486")

    assert answer["result"] == "declined"
    assert "Only test cards" in answer["message"]


def test_a_challenged_card_waits_for_the_holder(town):
    session = town.open_session()

    answer = town.pay(session, card=CHALLENGED)

    intent = town.read(session.id).payment_intent
    assert answer["result"] == "challenge"
    assert intent.status == "requires_action"
    assert intent.next_action.redirect_to_url.url == f"{session.url}/3ds"


def test_an_approved_challenge_pays(town):
    session = town.paid_session(card=CHALLENGED, challenge="approve")

    assert session.payment_intent.status == "succeeded"


def test_a_refused_challenge_takes_nothing(town):
    session = town.open_session()

    answer = town.pay(session, card=CHALLENGED, challenge="refuse")

    read = town.read(session.id)
    error = read.payment_intent.last_payment_error
    assert answer["result"] == "declined"
    assert read.status == "open"
    assert error.code == "payment_intent_authentication_failure"


def test_a_direct_debit_is_complete_but_unpaid_until_the_bank_answers(town):
    session = town.paid_session(iban=GOOD_IBAN)
    assert (session.status, session.payment_status) == ("complete", "unpaid")
    assert session.payment_intent.status == "processing"

    town.control("POST", "time", days=5)

    later = town.read(session.id)
    assert later.payment_status == "paid"
    assert later.payment_intent.status == "succeeded"
    assert town.events() == [
        "payment_intent.processing",
        "checkout.session.completed",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.async_payment_succeeded",
    ]


def test_a_bouncing_direct_debit_fails_days_later(town):
    session = town.paid_session(iban=BOUNCING_IBAN)

    town.control("POST", "time", days=4)
    before = town.read(session.id).payment_intent.status
    town.control("POST", "time", days=1)

    later = town.read(session.id)
    assert before == "processing"
    assert later.payment_status == "unpaid"
    assert later.payment_intent.status == "requires_payment_method"
    assert town.events()[-1] == "checkout.session.async_payment_failed"


def test_a_direct_debit_names_its_mandate(town):
    session = town.paid_session(iban=GOOD_IBAN)

    details = session.payment_intent.latest_charge.payment_method_details.sepa_debit
    mandate = town.client.v1.mandates.retrieve(details.mandate)

    assert (mandate.status, mandate.type) == ("active", "single_use")


def test_a_setup_session_saves_a_reusable_mandate(town):
    customer = town.client.v1.customers.create({"email": "a@example.org"})
    session = town.open_session(
        mode="setup",
        currency="eur",
        customer=customer.id,
        customer_email=None,
        line_items=None,
    )

    town.pay(session, iban=GOOD_IBAN)

    setup = town.client.v1.setup_intents.retrieve(
        session.setup_intent, {"expand": ["mandate", "payment_method"]}
    )
    assert town.read(session.id).payment_status == "no_payment_required"
    assert setup.status == "succeeded"
    assert isinstance(setup.mandate, stripe.Mandate)
    assert isinstance(setup.payment_method, stripe.PaymentMethod)
    assert setup.mandate.type == "multi_use"
    assert setup.payment_method.customer == customer.id
    assert setup.payment_method.sepa_debit is not None
    assert setup.payment_method.sepa_debit.last4 == GOOD_IBAN[-4:]
    assert town.events()[-1] == "checkout.session.completed"
