import pytest
import stripe

from tests.infra.simulator.listener import SECRET, listening
from tests.infra.simulator.program import eventually

COMPLETED = "checkout.session.completed"


def received(town, kind, count=1):
    def enough():
        found = town.listener.events(kind)
        return found if len(found) >= count else None

    return eventually(enough)


def test_events_are_signed_for_the_town_and_in_its_version(listening_town):
    session = listening_town.paid_session()

    (event,) = received(listening_town, COMPLETED)

    assert event.api_version == stripe.api_version
    assert event.data.object["id"] == session.id
    assert event.data.object["payment_status"] == "paid"
    assert event.account is None
    read = listening_town.client.v1.events.retrieve(event.id)
    assert read.to_dict() == event.to_dict()


def test_a_changed_body_or_another_secret_fails_the_signature(listening_town):
    listening_town.paid_session()
    received(listening_town, COMPLETED)

    body, header = listening_town.listener.received[0]

    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body + b" ", header, SECRET)
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, header, "whsec_other")


def test_an_event_of_a_connected_account_names_it(connected_town):
    with listening() as listener:
        connected_town.listener = listener
        connected_town.control(
            "POST",
            f"accounts/{connected_town.account}",
            webhook_url=listener.url,
            webhook_secret=SECRET,
        )
        connected_town.paid_session()

        (event,) = received(connected_town, COMPLETED)

    assert event.account == connected_town.account


def test_a_refused_event_is_sent_again_until_it_is_taken(listening_town):
    listening_town.listener.planned = [500, 503]

    listening_town.client.v1.checkout.sessions.expire(listening_town.open_session().id)

    received(listening_town, "checkout.session.expired", count=3)
    (delivery,) = eventually(
        lambda: [
            each
            for each in listening_town.deliveries("checkout.session.expired")
            if each["state"] == "delivered"
        ]
    )
    statuses = [attempt["status"] for attempt in delivery["attempts"]]
    assert statuses == [500, 503, 200]


def test_an_event_nobody_takes_is_given_up(listening_town):
    listening_town.listener.planned = [500] * 8

    listening_town.client.v1.checkout.sessions.expire(listening_town.open_session().id)

    (delivery,) = eventually(
        lambda: [
            each
            for each in listening_town.deliveries("checkout.session.expired")
            if each["state"] == "failed"
        ]
    )
    assert len(delivery["attempts"]) == 8


def test_an_event_is_sent_twice_on_demand(listening_town):
    listening_town.paid_session()
    (event,) = received(listening_town, COMPLETED)

    answer = listening_town.control("POST", f"events/{event.id}/deliver", times=2)

    assert answer["statuses"] == [200, 200]
    sent = received(listening_town, COMPLETED, count=3)
    assert [each.id for each in sent] == [event.id] * 3


def test_held_events_leave_in_the_order_a_test_wants(listening_town):
    listening_town.control("POST", "deliveries", held=True)
    try:
        listening_town.paid_session()
        events = listening_town.client.v1.events.list().data

        for event in events:
            listening_town.control("POST", f"events/{event.id}/deliver")
    finally:
        listening_town.control("POST", "deliveries", held=False)

    # Newest first: the wrong order, as it happens in real life.
    kinds = [event.type for event in listening_town.listener.events()]
    assert kinds == [
        "checkout.session.completed",
        "payment_intent.succeeded",
        "charge.succeeded",
    ]


def test_an_event_shows_the_object_as_it_was_then(listening_town):
    session = listening_town.open_session()
    listening_town.pay(session, card="4000000000000002")
    listening_town.pay(session)

    (failed,) = received(listening_town, "payment_intent.payment_failed")

    assert failed.data.object["status"] == "requires_payment_method"
