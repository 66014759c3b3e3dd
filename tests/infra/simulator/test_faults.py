import time

import pytest
import stripe

from tests.infra.simulator.program import ControlError


def test_an_error_is_retried_by_the_sdk(town):
    town.control("POST", "faults", kind="error", status=500, times=2)

    session = town.open_session()

    assert session.status == "open"


def test_more_errors_than_retries_reach_the_caller(town):
    town.control("POST", "faults", kind="error", status=500, times=3)

    with pytest.raises(stripe.APIError) as refused:
        town.open_session()

    assert refused.value.http_status == 500
    assert town.client.v1.checkout.sessions.list().data == []


def test_a_client_told_not_to_retry_sees_the_first_error(town):
    town.control("POST", "faults", kind="error", status=429)

    with pytest.raises(stripe.RateLimitError):
        town.client_with(retries=0).v1.checkout.sessions.list()


def test_an_answer_that_never_comes_is_a_connection_error(town):
    town.control("POST", "faults", kind="drop")

    with pytest.raises(stripe.APIConnectionError):
        town.client_with(retries=0).v1.checkout.sessions.list()


def test_a_slow_answer_outlasts_the_callers_patience(town):
    town.control("POST", "faults", kind="delay", seconds=0.6)
    start = time.perf_counter()

    with pytest.raises(stripe.APIConnectionError):
        town.client_with(retries=0, timeout=0.2).v1.checkout.sessions.list()

    assert time.perf_counter() - start < 0.6


def test_a_fault_strikes_only_the_requests_it_names(town):
    town.control("POST", "faults", kind="error", path="/v1/refunds")
    session = town.open_session()

    town.control("DELETE", "faults")

    assert session.status == "open"
    assert town.client_with(retries=0).v1.refunds.list().data == []


@pytest.mark.parametrize("asked", [{"kind": "fire"}, {"kind": "error", "often": True}])
def test_a_fault_that_does_not_exist_is_refused(town, asked):
    with pytest.raises(ControlError):
        town.control("POST", "faults", **asked)


def test_time_does_not_go_back(town):
    with pytest.raises(ControlError, match="does not go back"):
        town.control("POST", "time", days=-1)
