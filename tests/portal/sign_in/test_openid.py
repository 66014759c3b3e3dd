"""Signing in through a service of the town, against one that really runs."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django_tenants.utils import tenant_context

from families.models import Person
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tenants.townhall.models import ProviderKind, SignInProvider
from tests.families.builders import browser, make_family
from tests.portal.sign_in.provider import (
    asked_of,
    leave,
    running_service,
    state_in,
    visit,
)
from tests.portal.sign_in.steps import SAME_SITE, prove, sign_in

CLAIMS = {
    "email": "lea@example.com",
    "email_verified": True,
    "given_name": "Léa",
    "family_name": "Roux",
    "birthdate": "1987-04-02",
}
ANSWERS = {
    "civility": "madam",
    "first_name": "Léa",
    "last_name": "Roux",
    "email": "lea@example.com",
    "of_age": "on",
}


@pytest.fixture(scope="module")
def service():
    with running_service() as running:
        yield running


@pytest.fixture(scope="module")
def other_service():
    with running_service() as running:
        yield running


def offer(service, **other):
    fields = {
        "code": "town-id",
        "label": "Identité de la ville",
        "discovery_url": service.address,
        "client_id": "rochebelle",
        "secret": "s3cret-of-the-town",
    }
    return SignInProvider.objects.create(**fields | other)


@pytest.fixture
def town(rochebelle, service):
    offer(service)
    service.know("lea", **CLAIMS)
    return rochebelle


def signed_up(client, service, town):
    visit(client, service, "lea")
    answer = client.post("/accounts/services/new/", ANSWERS)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer


def test_the_sign_in_page_offers_the_services_of_its_town(town):
    here = browser().get("/accounts/login/")
    there = browser("etangs.localhost").get("/accounts/login/")

    assert "Identité de la ville" in here.text
    assert "Identité de la ville" not in there.text


def test_the_service_is_asked_for_little_and_for_this_visit_only(town, service):
    address = leave(browser())

    asked = asked_of(address)
    assert urlsplit(address).port == service.port
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 32
    assert len(asked["nonce"]) >= 32
    assert asked["redirect_uri"] == (
        "http://rochebelle.localhost/accounts/services/town-id/return/"
    )


def test_nothing_of_what_is_asked_comes_from_the_address(town):
    address = leave(browser(), query="?scope=admin&auth_params=nonce%3Dknown")

    asked = asked_of(address)
    assert "admin" not in asked["scope"]
    assert asked["nonce"] != "known"


def test_franceconnect_is_asked_for_its_level_and_its_names(rochebelle, service):
    offer(service, kind=ProviderKind.FRANCECONNECT)

    asked = asked_of(leave(browser()))

    assert asked["acr_values"] == "eidas1"
    assert set(asked["scope"].split()) == {
        *("openid", "email", "given_name", "family_name", "birthdate")
    }


@pytest.mark.parametrize(("level", "is_in"), [("eidas1", True), ("weak", False)])
def test_franceconnect_must_answer_with_the_level(rochebelle, service, level, is_in):
    offer(service, kind=ProviderKind.FRANCECONNECT)
    service.know("zoe", email="zoe@example.com", acr=level)

    answer = visit(browser(), service, "zoe")

    goes_on = answer["Location"] == "/accounts/services/new/"
    assert goes_on is is_in


def test_a_new_person_answers_the_town_s_questions_and_comes_in(town, service):
    client = browser()
    back = visit(client, service, "lea")
    form = client.get("/accounts/services/new/")

    answer = client.post("/accounts/services/new/", ANSWERS)
    home = client.get("/my/", follow=True)

    assert back["Location"] == "/accounts/services/new/"
    assert 'value="Léa"' in form.text
    assert answer["Location"] == "/my/"
    assert home.status_code == 200
    with tenant_context(town):
        person = Person.objects.get()
        assert (person.first_name, person.email) == ("Léa", "lea@example.com")
        assert EmailAddress.objects.get(email="lea@example.com").verified
        linked = SocialAccount.objects.get()
        assert (linked.provider, linked.uid, linked.extra_data) == (
            "town-id",
            "lea",
            {},
        )


def test_the_address_that_the_service_checked_cannot_be_changed(town, service):
    client = browser()
    visit(client, service, "lea")

    client.post("/accounts/services/new/", ANSWERS | {"email": "boss@example.com"})

    with tenant_context(town):
        assert Account.objects.get(socialaccount__uid="lea").email == "lea@example.com"


def test_an_address_that_the_service_did_not_check_is_confirmed_by_mail(town, service):
    service.know(
        "max", **CLAIMS | {"email": "max@example.com", "email_verified": False}
    )
    client = browser()
    visit(client, service, "max")

    answer = client.post(
        "/accounts/services/new/", ANSWERS | {"email": "max@example.com"}
    )

    assert answer["Location"] == "/accounts/confirm-email/"
    assert client.get("/my/").status_code == 302


def test_a_child_does_not_open_an_account_by_ticking_a_box(town, service):
    young = date.today().year - 12  # noqa: DTZ011 - the view reads the clock.
    service.know("tom", **CLAIMS | {"birthdate": f"{young}-01-01"})
    client = browser()
    visit(client, service, "tom")

    answer = client.post("/accounts/services/new/", ANSWERS)

    assert answer.status_code == 200
    assert "Ask an adult" in answer.text


def test_the_second_visit_opens_the_account_at_once(town, service):
    signed_up(browser(), service, town)

    answer = visit(browser(), service, "lea")

    assert answer["Location"] == "/my/"


def test_an_existing_account_is_not_taken_over_but_linked_after_the_password(
    town, service
):
    make_family("lea@example.com")
    client = browser()

    back = visit(client, service, "lea")
    before = client.get("/my/")
    asked = client.get("/accounts/login/")
    sign_in(client, "lea@example.com")
    again = visit(browser(), service, "lea")

    assert back["Location"] == "/accounts/login/"
    assert before.status_code == 302
    assert "Sign in once with your password" in asked.text
    assert again["Location"] == "/my/"
    with tenant_context(town):
        assert SocialAccount.objects.get().user.email == "lea@example.com"
        assert Entry.objects.filter(action="sign-in service linked").count() == 1


def test_another_account_is_not_linked_in_place_of_the_right_one(town, service):
    make_family("lea@example.com")
    make_family("paul@example.com")
    client = browser()
    visit(client, service, "lea")

    sign_in(client, "paul@example.com")

    with tenant_context(town):
        assert not SocialAccount.objects.exists()


def test_a_second_step_is_asked_all_the_same(town, service):
    from tests.portal.sign_in.steps import set_up_application  # noqa: PLC0415 - only here.

    make_family("lea@example.com")
    client = browser()
    visit(client, service, "lea")
    sign_in(client, "lea@example.com")
    set_up_application(client)

    answer = visit(browser(), service, "lea")

    assert answer["Location"] == "/accounts/2fa/authenticate/"


def test_a_way_back_works_once_and_in_its_own_browser_only(town, service):
    client, thief = browser(), browser()
    back = service.say_yes(leave(client), "lea")

    stolen = thief.get(back)
    first = client.get(back)
    second = client.get(back)

    assert stolen["Location"] == "/accounts/login/"
    assert first["Location"] == "/accounts/services/new/"
    assert second["Location"] == "/accounts/login/"


def test_an_answer_to_another_visit_is_refused(town, service):
    client = browser()
    first, second = leave(client), leave(client)
    kept = service.say_yes(first, "lea")
    swapped = kept.replace(state_in(kept), asked_of(second)["state"])

    answer = client.get(swapped)

    assert answer["Location"] == "/accounts/login/"


def test_two_towns_have_their_own_services_and_refuse_each_other_s_answers(
    town, etangs, service, other_service
):
    with tenant_context(etangs):
        offer(other_service, client_id="etangs", label="Identité des étangs")
    other_service.know("lea", **CLAIMS)
    here, there = browser(), browser("etangs.localhost")
    back_here = service.say_yes(leave(here), "lea")
    address_there = leave(there)

    crossed = there.get(back_here)
    back_there = other_service.say_yes(address_there, "lea")
    opened = there.get(back_there)
    assert urlsplit(address_there).port == other_service.port
    with_foreign_code = here.get(
        back_there.replace(state_in(back_there), state_in(back_here))
    )

    assert crossed["Location"] == "/accounts/login/"
    assert opened["Location"] == "/accounts/services/new/"
    assert with_foreign_code["Location"] == "/accounts/login/"
    for place in (town, etangs):
        with tenant_context(place):
            assert not SocialAccount.objects.exists()


def test_the_session_of_one_town_says_nothing_in_the_other(town, etangs, service):
    client = browser()
    signed_up(client, service, town)
    cookie = client.cookies["session"].value

    other = browser("etangs.localhost")
    other.cookies["session"] = cookie

    assert other.get("/my/").status_code == 302


def test_another_site_cannot_start_a_visit(town):
    answer = browser().get(
        "/accounts/services/town-id/", headers={"sec-fetch-site": "cross-site"}
    )

    assert answer["Location"] == "/accounts/login/"


def test_a_service_that_is_withdrawn_opens_nothing(town, service):
    client = browser()
    back = service.say_yes(leave(client), "lea")
    with tenant_context(town):
        SignInProvider.objects.update(is_offered=False)

    assert client.get(back).status_code == 404
    assert client.get("/accounts/services/town-id/").status_code == 404


def test_saying_no_at_the_service_leads_back_to_the_sign_in_page(town):
    client = browser()
    state = asked_of(leave(client))["state"]

    answer = client.get(
        "/accounts/services/town-id/return/",
        {"error": "access_denied", "state": state},
        follow=True,
    )

    assert "use your password" in answer.text


def test_a_service_that_is_down_is_said_in_words(rochebelle):
    offer(type("Down", (), {"address": "http://localhost:9/x/.well-known/y"}))

    answer = browser().get(
        "/accounts/services/town-id/", headers=SAME_SITE, follow=True
    )

    assert answer.status_code == 200
    assert "use your password" in answer.text


def test_signing_out_offers_to_sign_out_of_the_service_too(town, service):
    client = browser()
    signed_up(client, service, town)

    page = client.post("/accounts/logout/")

    assert f"http://localhost:{service.port}/oauth2/end_session?" in page.text
    assert "id_token_hint=" in page.text
    assert client.get("/my/").status_code == 302


def test_a_link_is_undone_after_the_password(town, service):
    make_family("lea@example.com")
    client = browser()
    visit(client, service, "lea")
    sign_in(client, "lea@example.com")
    prove(client)

    question = client.get("/accounts/services/town-id/unlink/").text
    with tenant_context(town):
        kept = SocialAccount.objects.count()
    client.post("/accounts/services/town-id/unlink/")

    assert "Your account stays." in question
    assert kept == 1
    with tenant_context(town):
        assert not SocialAccount.objects.exists()


def test_the_only_way_in_is_not_removed(town, service):
    client = browser()
    signed_up(client, service, town)

    client.post("/accounts/services/town-id/unlink/", follow=True)

    with tenant_context(town):
        assert SocialAccount.objects.count() == 1


def test_the_secret_is_not_readable_in_the_database(town):
    with connection.cursor() as cursor, tenant_context(town):
        cursor.execute("SELECT secret FROM townhall_signinprovider")
        (kept,) = cursor.fetchone()

    assert b"s3cret" not in bytes(kept)
