"""Challenges: of one town, one form, two hours, once."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from foundation.robots.challenges import (
    COST,
    VALID_FOR,
    make_challenge,
    open_challenge,
    open_solution,
    spend,
)
from tests.foundation.robots.solving import solved


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


def test_a_solved_challenge_opens_once(rochebelle, now):
    payload = solved(make_challenge("sign-up", now=now))

    opened = open_solution(payload, "sign-up", now=now)

    assert opened is not None
    assert opened.made_at == now
    assert [spend(opened), spend(opened)] == [True, False]


def test_it_opens_for_its_own_form_only(rochebelle, now):
    payload = solved(make_challenge("sign-up", now=now))

    assert open_solution(payload, "ask-link", now=now) is None


def test_it_opens_in_its_own_town_only(rochebelle, etangs, now):
    challenge = make_challenge("sign-up", now=now)
    payload = solved(challenge)

    with tenant_context(etangs):
        assert open_solution(payload, "sign-up", now=now) is None
        assert open_challenge(challenge, "sign-up", now=now) is None


def test_it_expires(rochebelle, now):
    challenge = make_challenge("sign-up", now=now)
    payload = solved(challenge)
    later = now + VALID_FOR

    assert open_solution(payload, "sign-up", now=later) is None
    assert open_challenge(challenge, "sign-up", now=later) is None


def altered(payload, path, value):
    data = json.loads(base64.b64decode(payload))
    *way, last = path.split(".")
    inner = data
    for name in way:
        inner = inner[name]
    inner[last] = value
    return base64.b64encode(json.dumps(data).encode()).decode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("solution.counter", 1),
        ("solution.counter", -1),
        ("solution.derivedKey", "00"),
        ("challenge.parameters.cost", 1),
        ("challenge.parameters.keyPrefix", ""),
        ("challenge.parameters.expiresAt", 9999999999),
        ("challenge.parameters.data", {"made": 0}),
        ("challenge.signature", ""),
        ("challenge", None),
        ("solution", []),
    ],
)
def test_nothing_of_it_can_be_changed(rochebelle, now, path, value):
    payload = solved(make_challenge("sign-up", now=now))

    assert open_solution(altered(payload, path, value), "sign-up", now=now) is None


@pytest.mark.parametrize(
    "text", ["", "x", "e30=", "[]", "null", '{"parameters": {}}', "é", "A" * 5000]
)
def test_what_is_no_challenge_opens_nothing(rochebelle, now, text):
    assert open_solution(text, "sign-up", now=now) is None
    assert open_challenge(text, "sign-up", now=now) is None


def test_a_challenge_without_solution_tells_when_it_was_made(rochebelle):
    made = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=3)

    opened = open_challenge(
        make_challenge("sign-up", now=made), "sign-up", now=made + timedelta(minutes=3)
    )

    assert opened is not None
    assert opened.made_at == made


def test_the_work_is_bounded(rochebelle, now):
    parameters = json.loads(make_challenge("sign-up", now=now))["parameters"]

    assert parameters["cost"] == COST
    assert len(parameters["keyPrefix"]) == 32
