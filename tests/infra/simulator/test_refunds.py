import pytest
import stripe

REFUND_FAILS = "4000000000005126"


def refund(town, session, **params):
    intent = session.payment_intent.id
    return town.client.v1.refunds.create({"payment_intent": intent, **params})


def charge_of(town, session):
    return town.read(session.id).payment_intent.latest_charge


def test_parts_of_a_payment_are_refunded_until_nothing_is_left(town):
    session = town.paid_session()

    first = refund(town, session, amount=400, reason="requested_by_customer")
    between = charge_of(town, session)
    second = refund(town, session)

    after = charge_of(town, session)
    assert (first.status, first.amount, second.amount) == ("succeeded", 400, 840)
    assert (between.amount_refunded, between.refunded) == (400, False)
    assert (after.amount_refunded, after.refunded) == (1240, True)
    assert town.events().count("charge.refunded") == 2
    assert town.client.v1.refunds.retrieve(first.id).amount == 400


def test_a_refund_leaves_the_balance(town):
    session = town.paid_session()

    made = refund(town, session, amount=400)

    moved = town.client.v1.balance_transactions.retrieve(made.balance_transaction)
    assert (moved.amount, moved.fee, moved.type) == (-400, 0, "refund")


@pytest.mark.parametrize("amount", [0, -5, 1241])
def test_an_impossible_amount_is_refused(town, amount):
    session = town.paid_session()

    with pytest.raises(stripe.InvalidRequestError) as refused:
        refund(town, session, amount=amount)

    assert refused.value.param == "amount"
    assert charge_of(town, session).amount_refunded == 0


def test_a_payment_refunded_whole_has_nothing_more_to_give(town):
    session = town.paid_session()
    refund(town, session)

    with pytest.raises(stripe.InvalidRequestError) as refused:
        refund(town, session)

    assert refused.value.code == "charge_already_refunded"


def test_what_was_never_paid_is_not_refunded(town):
    session = town.open_session()
    town.pay(session, card="4000000000000002")

    with pytest.raises(stripe.InvalidRequestError) as refused:
        refund(town, town.read(session.id))

    assert refused.value.code == "charge_not_refundable"


@pytest.mark.parametrize(
    ("card", "amount"), [(REFUND_FAILS, 300), ("4242424242424242", 1313)]
)
def test_some_refunds_come_back_a_day_later(town, card, amount):
    price = {"currency": "eur", "unit_amount": 5000, "product_data": {"name": "Camp"}}
    session = town.open_session(line_items=[{"quantity": 1, "price_data": price}])
    town.pay(session, card=card)
    made = refund(town, town.read(session.id), amount=amount)

    town.control("POST", "time", days=1)

    later = town.client.v1.refunds.retrieve(made.id)
    assert made.status == "succeeded"
    assert later.status == "failed"
    assert later.failure_reason is not None
    assert charge_of(town, session).amount_refunded == 0
    assert town.events()[-1] == "refund.failed"


def test_a_refund_fails_on_demand(town):
    session = town.paid_session()
    made = refund(town, session)

    town.control("POST", f"refunds/{made.id}/fail")

    assert town.client.v1.refunds.retrieve(made.id).status == "failed"
