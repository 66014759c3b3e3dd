"""A parent's way in: account, confirmed address, household."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.core.cache import cache
from django.db.models import F
from django_tenants.utils import tenant_context

from families.models import Household, Person
from foundation.accounts.models import Account
from tenants.townhall.models import TownSettings
from tenants.townhall.queries import forget_town_settings
from tests.families.builders import (
    PASSWORD,
    account_of,
    browser,
    make_family,
    make_person,
)
from tests.portal.sign_up_steps import link_in, mails, sign_up

ADDRESS = {
    "street": "3 rue des Tilleuls",
    "postal_code": "59223",
    "city": "Rochebelle",
    "country": "FR",
}


@pytest.fixture
def town(rochebelle, settings):
    """The town, with the product's own outbox."""
    settings.EMAIL_BACKEND = "foundation.post.backends.OutboxBackend"
    return rochebelle


def confirm(client, town):
    return client.post(link_in(mails(town)[-1]))


def test_a_parent_signs_up_confirms_and_opens_the_household(town):
    client = browser()

    sent = sign_up(client)
    page = client.get(sent["Location"])
    confirmed = confirm(client, town)
    home = client.get("/my/", follow=True)
    client.post("/my/address/", ADDRESS)
    home = client.get("/my/")

    assert sent.status_code == 302
    assert "claire@example.com" in page.text
    assert confirmed["Location"] == "/my/"
    assert home.status_code == 200
    with tenant_context(town):
        household = Household.objects.get(commune__code="rochebelle")
        assert household.file_number in home.text


def test_account_and_person_are_created_together(town):
    sign_up(browser())

    with tenant_context(town):
        person = Person.objects.select_related("account").get()
    account = account_of(person)
    assert account.email == person.email == "claire@example.com"
    assert person.of_age_declared_at is not None
    assert account.check_password("un-long-secret")


def test_the_message_is_signed_by_the_town_and_shows_the_link(town):
    sign_up(browser())

    mail = mails(town)[0]

    assert mail.sender.startswith("Rochebelle <")
    assert mail.recipients == ["claire@example.com"]
    assert link_in(mail) in mail.html
    assert mail.text.strip().endswith("Rochebelle")


@pytest.mark.parametrize(
    "path",
    [
        *("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"),
        *("/accounts/confirm-email/", "/accounts/confirm-email/again/"),
        *("/accounts/confirm-email/unknown/", "/accounts/password/reset/done/"),
        *("/accounts/password/reset/key/1-x/", "/accounts/inactive/"),
        "/accounts/password/reset/key/done/",
    ],
)
def test_every_page_of_the_way_in_wears_the_towns_frame(town, path):
    page = browser().get(path)

    assert page.context["site"].name == "Rochebelle"
    assert page.text.count("<h1") == 1
    assert "allauth" not in page.text


@pytest.mark.parametrize(
    "path",
    [
        *("/accounts/password/change/", "/accounts/email/", "/accounts/logout/"),
        *(
            "/accounts/2fa/",
            "/accounts/2fa/totp/activate/",
            "/accounts/reauthenticate/",
        ),
        "/accounts/2fa/recovery-codes/generate/",
    ],
)
def test_every_page_of_the_account_wears_the_towns_frame(town, path):
    make_person()
    client = browser()
    client.post(
        "/accounts/login/", {"login": "claire@example.com", "password": PASSWORD}
    )

    page = client.get(path, follow=True)

    assert page.status_code == 200
    assert page.context["site"].name == "Rochebelle"
    assert page.text.count("<h1") == 1


def test_nobody_signs_in_before_confirming(town):
    sign_up(browser())
    other = browser()

    answer = other.post(
        "/accounts/login/",
        {"login": "claire@example.com", "password": "un-long-secret"},
    )

    assert answer["Location"] == "/accounts/confirm-email/"
    assert other.get("/my/").status_code == 302


def test_the_link_works_once(town):
    client = browser()
    sign_up(client)
    path = link_in(mails(town)[-1])
    client.post(path)

    seen, sent = client.get(path), client.post(path)

    assert (seen.status_code, sent.status_code) == (404, 404)
    assert "/accounts/confirm-email/again/" in seen.text


@pytest.mark.parametrize(("hours", "status"), [(23, 302), (25, 404)])
def test_the_link_is_valid_for_a_day(town, hours, status):
    client = browser()
    sign_up(client)
    path = link_in(mails(town)[-1])
    with tenant_context(town):
        EmailConfirmation.objects.update(sent=F("sent") - timedelta(hours=hours))

    answer = client.post(path)

    assert answer.status_code == status
    with tenant_context(town):
        address = EmailAddress.objects.get(email="claire@example.com")
    assert address.verified is (status == 302)


def test_a_link_of_another_town_is_as_one_that_never_existed(town, etangs):
    sign_up(browser())
    path = link_in(mails(town)[-1])
    elsewhere = browser("etangs.localhost")

    foreign = elsewhere.get(path)
    unknown = elsewhere.get("/accounts/confirm-email/" + "a" * 64 + "/")

    assert foreign.status_code == unknown.status_code == 404
    key = path.split("/")[-2]
    assert without_tokens(foreign.text).replace(key, "a" * 64) == without_tokens(
        unknown.text
    )
    assert elsewhere.post(path).status_code == 404
    with tenant_context(town):
        assert not EmailAddress.objects.get(email="claire@example.com").verified


def without_tokens(html: str) -> str:
    """Leave out what changes at each page."""
    return "".join(
        line for line in html.splitlines() if "csrfmiddlewaretoken" not in line
    )


def test_signing_up_with_a_known_address_answers_the_same(town):
    make_person("known@example.com")
    new, known = browser(), browser()

    answers = [
        sign_up(client, email=email)
        for client, email in ((new, "new@example.com"), (known, "known@example.com"))
    ]
    pages = [
        client.get(answer["Location"]).text.replace(email, "X")
        for client, answer, email in zip(
            (new, known),
            answers,
            ("new@example.com", "known@example.com"),
            strict=True,
        )
    ]

    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    assert pages[0] == pages[1]
    with tenant_context(town):
        assert Account.objects.filter(email="known@example.com").count() == 1
    assert [mail.recipients for mail in mails(town)] == [
        ["new@example.com"],
        ["known@example.com"],
    ]
    assert "/accounts/password/reset/" in mails(town)[1].text


def test_a_mistyped_address_is_corrected_and_leaves_no_account(town):
    client = browser()
    sent = sign_up(client, email="claire@gmial.com")
    page = client.get(sent["Location"])

    form = client.get("/accounts/signup/?correct=1")
    sign_up(client, email="claire@gmail.com")

    assert "claire@gmail.com" in page.text
    assert 'value="Claire"' in form.text
    with tenant_context(town):
        assert [each.email for each in Account.objects.filter(is_staff=False)] == [
            "claire@gmail.com"
        ]


def test_sending_the_form_twice_opens_one_account(town):
    client = browser()

    sign_up(client)
    again = sign_up(client)

    assert again.status_code == 302
    with tenant_context(town):
        assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"of_age": ""}, "of_age"),
        ({"password1": "court"}, "password1"),
        ({"civility": ""}, "civility"),
        ({"email": "claire"}, "email"),
    ],
)
def test_a_wrong_answer_is_explained_and_nothing_is_kept(town, wrong, field):
    answer = sign_up(browser(), **wrong)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    with tenant_context(town):
        assert not Person.objects.exists()
    assert mails(town) == []


def test_the_towns_minimum_age_and_legal_basis_are_asked(town):
    TownSettings.objects.update(minimum_age=15, legal_basis="consent")
    forget_town_settings()
    client = browser()

    form = client.get("/accounts/signup/").context["form"]
    refused = sign_up(client)
    accepted = sign_up(client, consent="on")

    assert "15" in str(form.fields["of_age"].label)
    assert list(refused.context["form"].errors) == ["consent"]
    assert accepted.status_code == 302


def test_no_family_signs_up_on_the_platforms_own_site(town):
    answer = sign_up(browser("localhost"))

    assert answer.status_code == 200
    assert "form" not in answer.context
    assert Account.objects.filter(email="claire@example.com").count() == 0


@pytest.mark.parametrize("email", ["known@example.com", "nobody@example.com"])
def test_asking_for_a_link_says_the_same_whatever_the_address(town, email):
    make_person("known@example.com")
    client = browser()

    answer = client.post("/accounts/confirm-email/again/", {"email": email})
    page = client.get(answer["Location"])

    assert email in page.text
    assert [mail.recipients for mail in mails(town)] == [[email]]


def test_a_new_link_opens_the_account_after_an_expired_one(town):
    client = browser()
    sign_up(client)
    with tenant_context(town):
        EmailConfirmation.objects.update(sent=F("sent") - timedelta(hours=25))
        # As if three minutes had passed since the first message.
        cache.clear()

    client.post("/accounts/confirm-email/again/", {"email": "claire@example.com"})
    answer = confirm(client, town)

    assert answer.status_code == 302


def test_a_second_message_waits_three_minutes(town):
    client = browser()
    sign_up(client)

    client.post("/accounts/confirm-email/again/", {"email": "claire@example.com"})

    assert len(mails(town)) == 1


def test_an_address_is_given_to_who_confirms_it(town):
    """Somebody typed the address of another family, who now wants to use it."""
    person = make_person("old@example.com")
    sign_up(browser(), email="mine@example.com")
    with tenant_context(town):
        former = EmailConfirmation.objects.get()
        address = EmailAddress.objects.create(
            user=person.account, email="mine@example.com"
        )
        confirmation = EmailConfirmation.create(address)
        EmailConfirmation.objects.update(sent=former.sent)
    client = browser()
    client.post("/accounts/login/", {"login": "old@example.com", "password": PASSWORD})

    client.post(f"/accounts/confirm-email/{confirmation.key}/")

    with tenant_context(town):
        person.refresh_from_db()
        assert person.email == "mine@example.com"
        assert Person.objects.count() == 1


def test_a_reset_link_does_not_open_another_town(town, etangs):
    for each in (town, etangs):
        with tenant_context(each):
            make_person()
    browser().post("/accounts/password/reset/", {"email": "claire@example.com"})
    path = link_in(mails(town)[-1], "/accounts/password/reset/key/")

    at_home, elsewhere = browser(), browser("etangs.localhost")

    assert at_home.get(path).status_code == 302
    refused = elsewhere.get(path)
    assert refused.status_code == 200
    assert "/accounts/password/reset/" in refused.text


def test_a_forgotten_password_is_replaced(town):
    make_person()
    client = browser()
    client.post("/accounts/password/reset/", {"email": "claire@example.com"})
    path = link_in(mails(town)[-1], "/accounts/password/reset/key/")

    form = client.get(path, follow=True)
    client.post(form.wsgi_request.path, {"password1": "un-autre-secret"})

    signed_in = client.post(
        "/accounts/login/",
        {"login": "claire@example.com", "password": "un-autre-secret"},
    )
    assert signed_in["Location"] == "/my/"
    assert browser().get(path).status_code == 200


def test_the_last_sign_in_is_shown(town):
    family = make_family()
    client = browser()
    answers = {"login": family.account.email, "password": PASSWORD}
    client.post("/accounts/login/", answers)
    first = client.get("/my/")
    client.post("/accounts/logout/")

    client.post("/accounts/login/", answers)
    second = client.get("/my/")

    assert first.context["previous_sign_in"] is None
    assert second.context["previous_sign_in"] is not None
