"""The town's rule of passwords, wherever one is chosen."""

import pytest
from django_tenants.utils import tenant_context

from tenants.townhall.models import TownSettings
from tenants.townhall.queries import forget_town_settings
from tests.families.builders import PASSWORD, browser, make_person
from tests.portal.sign_up_steps import link_in, mails, sign_up


@pytest.fixture
def town(rochebelle, settings):
    """The town, with the product's own outbox."""
    settings.EMAIL_BACKEND = "foundation.post.backends.OutboxBackend"
    return rochebelle


def rule(town, **values):
    with tenant_context(town):
        TownSettings.objects.update(**values)
        forget_town_settings()


def test_the_rule_is_said_before_typing_and_checked_after(town):
    rule(town, password_length=8, password_kinds=3)
    client = browser()

    page = client.get("/accounts/signup/")
    refused = sign_up(client, password1="soleilvert")
    accepted = sign_up(client, password1="Lune-bleue7")

    assert "8 characters or more" in page.text
    assert 'data-condition="kinds"' in page.text
    assert "Still missing" in str(refused.context["form"].errors["password1"])
    assert accepted.status_code == 302


def test_no_password_is_under_the_platforms_floor(town):
    with tenant_context(town):
        TownSettings.objects.update(password_length=8, password_kinds=0)
        forget_town_settings()

    answer = sign_up(browser(), password1="soleilver")

    assert list(answer.context["form"].errors) == ["password1"]


@pytest.mark.parametrize("password", ["Motdepasse-2026", "Rochebelle-2026!"])
def test_passwords_that_everybody_uses_are_refused_on_the_way_in(town, password):
    answer = sign_up(browser(), password1=password)

    assert list(answer.context["form"].errors) == ["password1"]


def test_the_rule_holds_for_resets_and_changes(town):
    rule(town, password_length=8, password_kinds=3)
    make_person()
    client = browser()
    client.post("/accounts/password/reset/", {"email": "claire@example.com"})
    path = link_in(mails(town)[-1], "/accounts/password/reset/key/")
    reset = client.get(path, follow=True)
    refused = client.post(reset.wsgi_request.path, {"password1": "soleilver"})
    client.post(
        "/accounts/login/", {"login": "claire@example.com", "password": PASSWORD}
    )

    changed = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "soleilver"},
    )

    assert "8 characters or more" in reset.text
    assert list(refused.context["form"].errors) == ["password1"]
    assert list(changed.context["form"].errors) == ["password1"]
