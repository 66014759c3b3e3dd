"""Every way to open an account that a town may choose."""

from datetime import timedelta
from time import perf_counter

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from families.models import Person, SignUpLink
from families.services.sign_up import send_sign_up_link
from families.tasks import write_sign_up_link
from foundation.accounts.models import Account
from tenants.townhall.models import TownSettings
from tenants.townhall.queries import forget_town_settings
from tests.billing.jobs import queued
from tests.families.builders import PASSWORD, browser, make_person
from tests.portal.sign_up_steps import ANSWERS, link_in, mails, sign_up

LINK_FIRST = {"email_again": "claire@example.com", "password1": ""}
WHO = {
    "civility": "madam",
    "first_name": "Claire",
    "last_name": "Martin",
    "password1": "un-long-secret",
    "of_age": "on",
}


@pytest.fixture
def town(rochebelle, settings):
    """The town, with the product's own outbox."""
    settings.EMAIL_BACKEND = "foundation.post.backends.OutboxBackend"
    return rochebelle


def choose(town, style):
    with tenant_context(town):
        TownSettings.objects.update(sign_up_style=style)
        forget_town_settings()


def start(client, email="claire@example.com"):
    """Give the address, then ask for the link."""
    first = client.post("/accounts/start/", {"email": email})
    page = client.get(first["Location"])
    sent = client.post("/accounts/start/link/")
    return first, page, sent


def deliver(town):
    """Run the jobs that write, as the worker does."""
    with tenant_context(town):
        waiting = list(SignUpLink.objects.filter(sent_at=None).order_by("id"))
        assert queued(write_sign_up_link.name) >= len(waiting)
    for link in waiting:
        write_sign_up_link.run(town=town.schema_name, link_id=link.pk)


# A link by mail, then a password.


def test_the_password_is_chosen_after_the_mail_then_the_address_is_asked(town):
    choose(town, "link_first")
    client = browser()

    form = client.get("/accounts/signup/").context["form"]
    sign_up(client, **LINK_FIRST)
    path = link_in(mails(town)[-1])
    page = client.get(path)
    opened = client.post(path, {"password1": "un-long-secret"})
    home = client.get("/my/")

    assert "password1" not in form.fields
    assert "claire@example.com" in page.text
    assert "password1" in page.context["form"].fields
    assert opened["Location"] == "/my/"
    assert home["Location"] == "/my/address/"


def test_the_account_opens_on_another_device_too(town):
    choose(town, "link_first")
    sign_up(browser(), **LINK_FIRST)
    path = link_in(mails(town)[-1])
    phone = browser()

    opened = phone.post(path, {"password1": "un-long-secret"})

    assert opened["Location"] == "/my/"
    assert phone.get("/my/address/").status_code == 200
    signed_in = browser().post(
        "/accounts/login/",
        {"login": "claire@example.com", "password": "un-long-secret"},
    )
    assert signed_in["Location"] == "/my/"


def test_nothing_is_confirmed_without_a_good_password(town):
    choose(town, "link_first")
    client = browser()
    sign_up(client, **LINK_FIRST)
    path = link_in(mails(town)[-1])

    answers = [client.post(path, {"password1": weak}) for weak in ("", "court")]

    assert [list(answer.context["form"].errors) for answer in answers] == [
        ["password1"],
        ["password1"],
    ]
    with tenant_context(town):
        assert not EmailAddress.objects.get(email="claire@example.com").verified


def test_two_different_addresses_are_refused(town):
    choose(town, "link_first")

    answer = sign_up(browser(), **LINK_FIRST | {"email_again": "clare@example.com"})

    assert list(answer.context["form"].errors) == ["email_again"]


def test_an_address_in_capitals_is_the_same(town):
    choose(town, "link_first")

    answer = sign_up(browser(), **LINK_FIRST | {"email": "Claire@Example.com"})

    assert answer.status_code == 302


def test_the_link_to_choose_a_password_works_once_and_a_day(town):
    choose(town, "link_first")
    client = browser()
    sign_up(client, **LINK_FIRST)
    path = link_in(mails(town)[-1])
    with tenant_context(town):
        EmailConfirmation.objects.update(sent=F("sent") - timedelta(hours=25))
        cache.clear()
    late = client.get(path)
    client.post("/accounts/confirm-email/again/", {"email": "claire@example.com"})
    renewed = link_in(mails(town)[-1])
    client.post(renewed, {"password1": "un-long-secret"})

    again = browser().post(renewed, {"password1": "un-autre-secret"})

    assert late.status_code == again.status_code == 404
    assert "/accounts/confirm-email/again/" in late.text
    with tenant_context(town):
        account = Account.objects.get(email="claire@example.com")
    assert account.check_password("un-long-secret")


def test_asking_with_a_known_address_answers_the_same_without_a_password(town):
    choose(town, "link_first")
    make_person("known@example.com")

    answers = [
        sign_up(browser(), email=email, email_again=email, password1="")
        for email in ("new@example.com", "known@example.com")
    ]

    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    with tenant_context(town):
        account = Account.objects.get(email="known@example.com")
    assert account.check_password(PASSWORD)


# The address first.


def test_an_address_opens_an_account_behind_its_link(town):
    choose(town, "address_first")
    client = browser()

    redirected = client.get("/accounts/signup/")
    start(client)
    deliver(town)
    path = link_in(mails(town)[-1], "/accounts/start/")
    page = client.get(path)
    opened = client.post(path, WHO)
    home = client.get("/my/")

    assert redirected["Location"] == "/accounts/start/"
    assert "claire@example.com" in page.text
    assert opened["Location"] == "/my/"
    assert home["Location"] == "/my/address/"
    with tenant_context(town):
        person = Person.objects.get(email="claire@example.com")
        assert person.of_age_declared_at is not None
        assert EmailAddress.objects.get(email="claire@example.com").verified


@pytest.mark.parametrize(
    ("style", "way_in"),
    [("address_first", "/accounts/start/"), ("link_first", "/accounts/login/")],
)
def test_the_header_leads_to_the_towns_own_way_in(town, style, way_in):
    choose(town, style)
    with tenant_context(town):
        cache.clear()

    page = browser().get("/track/")

    assert f'preau-header__sign-in" href="{way_in}"' in page.text


def test_a_known_address_signs_in_on_the_next_page(town):
    choose(town, "address_first")
    make_person()
    client = browser()
    _first, page, _sent = start(client)

    signed_in = client.post(
        "/accounts/login/", {"login": "claire@example.com", "password": PASSWORD}
    )

    assert "/accounts/login/" in page.text
    assert signed_in["Location"] == "/my/"


def without_tokens(html, email):
    """Leave out what changes at each page."""
    lines = [line for line in html.splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines).replace(email, "X")


def test_every_page_is_the_same_for_known_and_unknown_addresses(town):
    choose(town, "address_first")
    make_person("known@example.com")
    seen = []
    for email in ("known@example.com", "new@example.com"):
        client = browser()
        first, page, sent = start(client, email)
        after = client.get(sent["Location"])
        seen.append(
            (
                first.status_code,
                first["Location"],
                without_tokens(page.text, email),
                sent.status_code,
                sent["Location"],
                without_tokens(after.text, email),
            )
        )

    deliver(town)

    assert seen[0] == seen[1]
    known, new = mails(town)[-2:]
    assert (known.recipients, new.recipients) == (
        ["known@example.com"],
        ["new@example.com"],
    )
    assert "/accounts/login/" in known.text
    assert "/accounts/start/" not in known.text
    assert "24 hours" in new.text


def test_the_same_work_is_done_for_known_and_unknown_addresses(town):
    """Same statements, and no password to check: the times cannot differ."""
    choose(town, "address_first")
    make_person("known@example.com")
    start(browser(), "warm@example.com")

    counts = []
    for email in ("known@example.com", "new@example.com"):
        client = browser()
        with CaptureQueriesContext(connection) as queries:
            start(client, email)
        counts.append([each["sql"].split()[0:3:2] for each in queries])

    assert without_savepoints(counts[0]) == without_savepoints(counts[1])
    assert ["INSERT", '"families_signuplink"'] in counts[0]


def without_savepoints(statements):
    return [each for each in statements if each[0] not in {"SAVEPOINT", "RELEASE"}]


@pytest.mark.parametrize("style", ["password_first", "link_first"])
def test_signing_up_takes_as_long_for_known_addresses(town, style):
    """Within a third, over five each: hashing a password takes most of the time."""
    choose(town, style)
    spent = {"known": 0.0, "new": 0.0}
    for number in range(5):
        make_person(f"known{number}@example.com")
    sign_up(browser(), email="warm@example.com", email_again="warm@example.com")

    for number in range(5):
        for kind in spent:
            email = f"{kind}{number}@example.com"
            client = browser()
            begun = perf_counter()
            sign_up(client, email=email, email_again=email)
            spent[kind] += perf_counter() - begun

    assert 0.5 < spent["known"] / spent["new"] < 2


def test_a_link_to_open_an_account_works_once_and_a_day(town):
    choose(town, "address_first")
    client = browser()
    start(client)
    deliver(town)
    path = link_in(mails(town)[-1], "/accounts/start/")
    with tenant_context(town):
        SignUpLink.objects.update(valid_until=F("asked_at"))
    late = client.get(path)
    with tenant_context(town):
        SignUpLink.objects.update(valid_until=F("asked_at") + timedelta(hours=24))
    client.post(path, WHO)
    again = browser().post(path, WHO | {"first_name": "Mallory"})

    assert late.status_code == again.status_code == 404
    assert "/accounts/start/" in again.text
    with tenant_context(town):
        assert Person.objects.get().first_name == "Claire"


def test_a_link_of_another_town_opens_nothing(town, etangs):
    for each in (town, etangs):
        choose(each, "address_first")
    start(browser())
    deliver(town)
    path = link_in(mails(town)[-1], "/accounts/start/")

    answer = browser("etangs.localhost").post(path, WHO)

    assert answer.status_code == 404
    with tenant_context(etangs):
        assert not Account.objects.filter(email="claire@example.com").exists()


def test_the_secret_of_a_link_is_not_kept(town):
    choose(town, "address_first")
    start(browser())
    deliver(town)
    path = link_in(mails(town)[-1], "/accounts/start/")

    with tenant_context(town):
        link = SignUpLink.objects.get()

    assert path.split("/")[-2] not in vars(link).values()


def test_a_second_message_waits_three_minutes(town):
    choose(town, "address_first")
    for _each in range(2):
        start(browser())

    deliver(town)

    assert len(mails(town)) == 1


def test_the_job_that_runs_twice_writes_once(town):
    choose(town, "address_first")
    start(browser())
    deliver(town)
    with tenant_context(town):
        link = SignUpLink.objects.get()
        again = send_sign_up_link(link_id=link.pk, now=link.valid_until)

    assert again is True
    assert len(mails(town)) == 1


def test_who_proves_an_address_takes_it_from_who_only_typed_it(town):
    sign_up(browser())
    choose(town, "address_first")
    with tenant_context(town):
        cache.clear()
    client = browser()
    start(client)
    deliver(town)
    path = link_in(mails(town)[-1], "/accounts/start/")

    client.post(path, WHO | {"first_name": "Clara"})

    with tenant_context(town):
        assert [each.first_name for each in Person.objects.all()] == ["Clara"]


def test_elsewhere_the_pages_of_the_address_lead_to_the_form(town):
    answers = [
        browser().get("/accounts/start/"),
        browser().post("/accounts/start/link/"),
    ]

    assert [answer["Location"] for answer in answers] == [
        "/accounts/signup/",
        "/accounts/start/",
    ]
    assert ANSWERS["email"] == "claire@example.com"
