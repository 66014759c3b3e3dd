from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

from tests.infra.simulator.program import session_params


def create(town, key, **changes):
    return town.client.v1.checkout.sessions.create(
        session_params(**changes), {"idempotency_key": key}
    )


def sessions_of(town):
    return town.client.v1.checkout.sessions.list().data


def test_the_same_key_and_parameters_give_the_same_answer(town):
    first = create(town, "pay:7:1")
    town.pay(first)

    again = create(town, "pay:7:1")

    # The answer is the first one, even if the session has changed since.
    assert again.to_dict() == first.to_dict()
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert len(sessions_of(town)) == 1


def test_the_same_key_with_other_parameters_is_refused(town):
    create(town, "pay:7:1")

    with pytest.raises(stripe.IdempotencyError):
        create(town, "pay:7:1", client_reference_id="other")

    assert len(sessions_of(town)) == 1


def test_the_same_key_for_another_endpoint_is_refused(town):
    create(town, "pay:7:1")

    with pytest.raises(stripe.IdempotencyError):
        town.client.v1.customers.create({}, {"idempotency_key": "pay:7:1"})


def test_two_accounts_may_use_the_same_key(town, other_town):
    first, second = create(town, "pay:7:1"), create(other_town, "pay:7:1")

    assert first.id != second.id


def test_a_refused_request_does_not_use_its_key_up(town):
    with pytest.raises(stripe.InvalidRequestError):
        create(town, "pay:7:1", mode="gift")

    assert create(town, "pay:7:1").status == "open"


def test_two_clicks_at_the_same_moment_open_one_session(town):
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: create(town, "pay:7:1").id, range(8)))

    assert len(set(opened)) == 1
    assert len(sessions_of(town)) == 1


def test_an_answer_lost_after_the_work_was_done_is_found_again(town):
    town.control("POST", "faults", kind="drop_after_commit", method="POST")

    session = create(town, "pay:7:1")

    assert [each.id for each in sessions_of(town)] == [session.id]
    assert session.last_response.headers["Idempotent-Replayed"] == "true"


def test_the_keys_the_sdk_makes_up_protect_its_own_retries(town):
    town.control("POST", "faults", kind="drop_after_commit", method="POST")

    session = town.open_session()

    assert [each.id for each in sessions_of(town)] == [session.id]
