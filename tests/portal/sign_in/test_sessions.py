"""Open sessions: seen by their owner alone, ended one by one or all at once."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from portal.sign_in.devices import device_of
from portal.sign_in.sessions import SEEN_AT
from tests.families.builders import PASSWORD, browser, make_family
from tests.portal.sign_in.steps import sign_in

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.fixture
def family(rochebelle):
    return make_family()


def signed_in(agent=DESK, email="claire@example.com"):
    client = browser()
    client.defaults["HTTP_USER_AGENT"] = agent
    answer = sign_in(client, email)
    assert answer.status_code == 302, answer.content
    return client


def token_of(client, device):
    page = client.get("/accounts/sessions/")
    return next(s.token for s in page.context["sessions"] if s.device == device)


def silence(client, town, minutes):
    with tenant_context(town):
        session = client.session
        session[SEEN_AT] = (timezone.now() - timedelta(minutes=minutes)).isoformat()
        session.save()


def test_the_list_says_in_words_where_one_is_signed_in(family):
    here = signed_in()
    signed_in(PHONE)

    page = here.get("/accounts/sessions/")

    assert "Firefox on Windows" in page.text
    assert "Safari on iPhone" in page.text
    assert page.text.count("This device") == 1
    assert "127.0.0.1" not in page.text


def test_a_session_that_was_ended_really_ends(family):
    here, there = signed_in(), signed_in(PHONE)

    answer = here.post(
        "/accounts/sessions/end/", {"session": token_of(here, "Safari on iPhone")}
    )

    assert answer["Location"] == "/accounts/sessions/"
    assert there.get("/my/")["Location"].startswith("/accounts/login/")
    assert here.get("/my/").status_code == 200


def test_all_other_sessions_end_at_once(family):
    here, there, elsewhere = signed_in(), signed_in(PHONE), signed_in(PHONE)

    here.post("/accounts/sessions/end-others/")

    assert here.get("/my/").status_code == 200
    for other in (there, elsewhere):
        assert other.get("/my/").status_code == 302


def test_nobody_ends_the_session_of_another_person(family, rochebelle):
    with tenant_context(rochebelle):
        make_family("paul@example.com")
    mine, theirs = signed_in(), signed_in(PHONE, "paul@example.com")
    token = token_of(theirs, "Safari on iPhone")

    mine.post("/accounts/sessions/end/", {"session": token})
    mine.post("/accounts/sessions/end/", {"session": "forged"})

    assert theirs.get("/my/").status_code == 200
    assert "iPhone" not in mine.get("/accounts/sessions/").text


def test_a_new_password_ends_what_the_old_one_opened(family, rochebelle):
    there = signed_in(PHONE)
    here = signed_in()

    here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "une autre phrase 7"},
    )

    assert there.get("/my/").status_code == 302
    with tenant_context(rochebelle):
        assert not UserSession.objects.exists()


def test_a_family_is_asked_to_sign_in_after_hours_of_silence(
    family, rochebelle, settings
):
    client = signed_in()
    silence(client, rochebelle, settings.IDLE_MINUTES - 5)
    still_in = client.get("/my/")
    silence(client, rochebelle, settings.IDLE_MINUTES + 5)

    page = client.get("/my/", follow=True)

    assert still_in.status_code == 200
    assert page.redirect_chain[0][0] == "/accounts/login/?next=/my/"
    assert "You were away for a while" in page.text


def test_the_session_of_staff_ends_sooner(family, rochebelle, settings):
    Account.objects.filter(email="claire@example.com").update(is_staff=True)
    client = signed_in()
    silence(client, rochebelle, settings.STAFF_IDLE_MINUTES + 5)

    assert settings.STAFF_IDLE_MINUTES < settings.IDLE_MINUTES
    assert client.get("/my/")["Location"].startswith("/accounts/login/")


def test_the_presence_is_noted_once_a_minute(
    family, rochebelle, django_assert_num_queries
):
    client = signed_in()
    silence(client, rochebelle, 2)
    with tenant_context(rochebelle):
        before = UserSession.objects.get().last_seen_at

    client.get("/my/")
    with tenant_context(rochebelle):
        noted = UserSession.objects.get().last_seen_at
    client.get("/my/")

    assert noted > before
    with tenant_context(rochebelle):
        assert UserSession.objects.get().last_seen_at == noted


def test_a_session_that_no_longer_exists_is_not_listed(family, rochebelle):
    here = signed_in()
    signed_in(PHONE)
    with tenant_context(rochebelle):
        Session.objects.exclude(session_key=here.session.session_key).delete()

    page = here.get("/accounts/sessions/")

    assert "iPhone" not in page.text


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (DESK, "Firefox on Windows"),
        (PHONE, "Safari on iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (Macintosh) Chrome/120 Safari/537.36 Edg/120", "Edge on Mac"),
        ("curl/8", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_said_in_words(agent, words):
    assert device_of(agent) == words


def test_the_page_of_the_account_leads_to_everything(family):
    page = signed_in().get("/accounts/security/")

    for way in ("email/", "password/change/", "2fa/", "2fa/webauthn/", "sessions/"):
        assert f'href="/accounts/{way}"' in page.text
    assert 'action="/accounts/logout/"' in page.text
