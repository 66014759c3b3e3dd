import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from families.enums import Civility
from families.models import Person
from families.services.made_accounts import open_account
from foundation.accounts.models import Account
from foundation.post.models import OutgoingMail
from foundation.post.services import deliver_mail
from tests.families.builders import browser

pytestmark = pytest.mark.django_db
MINE = "un-secret-Bien-a-moi-7"


@pytest.fixture
def made(rochebelle, mailoutbox):
    """An account the town opened just now: its message, its temporary password."""
    person = Person.objects.create(
        civility=Civility.SIR,
        first_name="Jean",
        last_name="Testeur",
        email="jean@example.com",
    )
    open_account(person=person, actor=None, now=timezone.now())
    body = str(mailoutbox[-1].body)
    mailoutbox.clear()
    found = re.search(r"\b([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})\b", body)
    link = re.search(r"(/accounts/confirm-email/\S+)", body)
    assert found
    assert link
    return found.group(1), link.group(1)


def sign_in(client, name, password, **more):
    answers = {"login": name, "password": password}
    return client.post("/accounts/login/", answers, **more)


def activated(made):
    client = browser()
    assert client.post(made[1]).status_code == 302
    return client


def test_the_ten_steps_of_the_guide(rochebelle, made):
    password, link = made
    client = browser()

    assert client.get(link).status_code == 200
    page = client.post(link, follow=True)
    assert "Your account is active" in page.text
    page = sign_in(client, "Jean.Testeur", password, follow=True)
    assert "Your password was made automatically" in page.text
    assert 'value="jean.testeur"' in page.text
    answers = {"user_name": "Jeannot", "password1": MINE}
    page = client.post("/accounts/first-password/", answers)
    assert page["Location"] == "/my/"

    other = browser()
    assert sign_in(other, "jeannot", MINE)["Location"] == "/my/"
    assert sign_in(browser(), "jean@example.com", MINE)["Location"] == "/my/"
    assert sign_in(browser(), "jeannot", password).status_code == 200


def test_the_link_works_once(rochebelle, made):
    activated(made)

    assert browser().post(made[1]).status_code == 404


def test_activation_comes_first(rochebelle, made):
    page = sign_in(browser(), "jean.testeur", made[0])

    assert page["Location"] == "/accounts/confirm-email/"


@pytest.mark.parametrize(
    "path",
    ["/", "/my/", "/my/children/", "/services/", "/accounts/email/", "/api/v1/my/"],
)
def test_nothing_else_opens_before_a_password_is_chosen(rochebelle, made, path):
    client = activated(made)
    sign_in(client, "jean.testeur", made[0])

    assert client.get(path)["Location"] == "/accounts/first-password/"


def test_one_may_leave_instead(rochebelle, made):
    client = activated(made)
    sign_in(client, "jean.testeur", made[0])

    client.post("/accounts/logout/")

    assert client.get("/services/").status_code == 200


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"user_name": "jean", "password1": "court"}, 'value="jean"'),
        ({"user_name": "Ré", "password1": MINE}, "3 to 30 signs"),
        ({"user_name": "a b@c", "password1": MINE}, "3 to 30 signs"),
        ({"user_name": "taken", "password1": MINE}, "Somebody else has this user name"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_rule(rochebelle, made, answers, said):
    with tenant_context(rochebelle):
        Account.objects.create_user("t@example.com", None, user_name="taken")
    client = activated(made)
    sign_in(client, "jean.testeur", made[0])

    page = client.post("/accounts/first-password/", answers)

    assert page.status_code == 200
    assert said in page.text
    assert client.get("/my/")["Location"] == "/accounts/first-password/"


def test_the_temporary_password_is_not_kept(rochebelle, made):
    client = activated(made)
    sign_in(client, "jean.testeur", made[0])

    page = client.post("/accounts/first-password/", {"password1": made[0]})

    assert "This is the temporary password" in page.text


def test_a_temporary_password_ends_after_the_towns_days(rochebelle, made):
    client = activated(made)
    with tenant_context(rochebelle):
        past = timezone.now() - timedelta(seconds=1)
        Account.objects.filter(user_name="jean.testeur").update(temporary_until=past)

    page = sign_in(client, "jean.testeur", made[0], follow=True)

    assert "Your temporary password is over" in page.text
    assert client.get("/my/")["Location"].startswith("/accounts/login/")


def test_who_was_signed_in_meanwhile_is_signed_out(rochebelle, made):
    client = activated(made)
    sign_in(client, "jean.testeur", made[0])
    with tenant_context(rochebelle):
        past = timezone.now() - timedelta(seconds=1)
        Account.objects.filter(user_name="jean.testeur").update(temporary_until=past)

    assert client.get("/my/")["Location"] == "/accounts/password/reset/"
    assert "_auth_user_id" not in client.session


def test_an_unknown_user_name_is_answered_like_a_wrong_password(rochebelle, made):
    client = activated(made)

    wrong = sign_in(client, "jean.testeur", "not-it")
    unknown = sign_in(browser(), "nobody.here", "not-it")

    sentences = [
        re.findall(r"error-message.*?</p>", page.text) for page in (wrong, unknown)
    ]
    assert sentences[0] == sentences[1] != []


def test_what_a_message_says_is_forgotten_once_delivered(rochebelle, settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail = OutgoingMail.objects.create(
        sender="a@example.com",
        recipients=["b@example.com"],
        subject="Your account",
        text="kqrt-7m2x-pa9w",
        html="<p>kqrt-7m2x-pa9w</p>",
    )

    deliver_mail(mail_id=mail.pk, now=timezone.now())

    mail.refresh_from_db()
    assert (mail.text, mail.html, mail.subject) == ("", "", "Your account")
