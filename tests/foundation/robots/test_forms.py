"""The check of a form: with JavaScript, without, and by robots."""

from datetime import timedelta

import pytest
from django import forms
from django.utils import timezone

from foundation.robots.challenges import make_challenge
from foundation.robots.forms import (
    AGAIN,
    MANY,
    PER_VISITOR,
    QUICK,
    STALE,
    TRAPPED,
    RobotCheckMixin,
)
from tests.foundation.robots.solving import solved


class NameForm(RobotCheckMixin, forms.Form):
    name = forms.CharField()


def filled(challenge, *, name="Claire", solution="", website="", visitor="192.0.2.1"):
    data = {
        "name": name,
        "robots_challenge": challenge,
        "robots_solution": solution,
        "robots_website": website,
    }
    form = NameForm(data)
    form.check_robots(purpose="test", visitor=visitor)
    return form


def made(seconds_ago=0):
    return make_challenge("test", now=timezone.now() - timedelta(seconds=seconds_ago))


def refusals(form):
    assert not form.is_valid()
    return form.non_field_errors()


def test_a_solved_form_goes_through_at_once(rochebelle):
    challenge = made()

    form = filled(challenge, solution=solved(challenge))

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"name": "Claire"}


def test_the_same_solution_never_goes_through_twice(rochebelle):
    challenge = made()
    payload = solved(challenge)
    filled(challenge, solution=payload).is_valid()

    assert refusals(filled(challenge, solution=payload)) == [str(AGAIN)]


def test_a_forgotten_field_costs_no_new_solution(rochebelle):
    challenge = made()
    payload = solved(challenge)
    filled(challenge, solution=payload, name="").is_valid()

    assert filled(challenge, solution=payload).is_valid()


def test_without_javascript_the_form_waits_five_seconds(rochebelle):
    assert refusals(filled(made(seconds_ago=2))) == [str(QUICK)]
    assert filled(made(seconds_ago=6)).is_valid()


def test_the_wait_goes_on_when_the_form_comes_back(rochebelle):
    challenge = made(seconds_ago=2)
    form = filled(challenge)

    form.is_valid()

    assert form["robots"].value() == challenge


def test_without_javascript_a_challenge_serves_once_too(rochebelle):
    challenge = made(seconds_ago=6)
    filled(challenge).is_valid()

    assert refusals(filled(challenge)) == [str(AGAIN)]


def test_without_javascript_a_visitor_sends_ten_forms_an_hour(rochebelle):
    sent = [filled(made(seconds_ago=6)).is_valid() for _each in range(PER_VISITOR)]

    assert all(sent)
    assert refusals(filled(made(seconds_ago=6))) == [str(MANY)]
    assert filled(made(seconds_ago=6), visitor="192.0.2.2").is_valid()


def test_who_fills_in_the_hidden_field_is_refused(rochebelle):
    challenge = made(seconds_ago=6)

    form = filled(challenge, solution=solved(challenge), website="http://x.example")

    assert refusals(form) == [str(TRAPPED)]


@pytest.mark.parametrize("challenge", ["", "{}", "nonsense"])
def test_a_form_without_its_challenge_gets_a_new_one(rochebelle, challenge):
    form = filled(challenge)

    assert refusals(form) == [str(STALE)]
    assert '"parameters"' in form["robots"].value()


def test_without_the_check_nothing_is_asked(rochebelle):
    form = NameForm({"name": "Claire"})

    assert form.is_valid()
    assert "robots" not in form.as_div()


def test_the_page_draws_a_trap_that_people_never_meet(rochebelle):
    form = NameForm()
    form.check_robots(purpose="test", visitor="192.0.2.1")

    page = form.render()

    assert 'tabindex="-1"' in page
    assert 'aria-hidden="true"' in page
    assert "altcha-pbkdf2.js" in page
    assert 'role="status"' in page
