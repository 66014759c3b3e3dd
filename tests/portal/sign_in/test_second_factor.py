"""The second step: what protects it, and who must have one."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from foundation.encryption.errors import UnreadableValueError
from foundation.encryption.loose import seal_text, unseal_text
from foundation.journal.models import Entry
from foundation.town import enter_public
from tests.families.builders import browser, make_family
from tests.portal.sign_in.steps import (
    code_of,
    leave_open,
    set_up_application,
    sign_in,
)


@pytest.fixture
def client(rochebelle):
    make_family()
    client = browser()
    sign_in(client)
    return client


def test_the_code_is_asked_after_the_password(client, rochebelle):
    secret = set_up_application(client)
    cache.clear()
    other = browser()

    asked = sign_in(other)
    home = other.get("/my/")
    let_in = other.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert asked["Location"] == "/accounts/2fa/authenticate/"
    assert home.status_code == 302
    assert let_in["Location"] == "/my/"


def test_the_secret_of_the_application_is_not_in_the_database(client, rochebelle):
    secret = set_up_application(client)

    with tenant_context(rochebelle):
        kept = [str(each.data) for each in Authenticator.objects.all()]

    assert len(kept) == 2
    assert not any(secret in each for each in kept)


def test_a_recovery_code_opens_once(client, rochebelle):
    set_up_application(client)
    page = client.get("/accounts/2fa/recovery-codes/")
    code = page.context["unused_codes"][0]
    first, second = browser(), browser()
    sign_in(first)
    sign_in(second)

    opened = first.post("/accounts/2fa/authenticate/", {"code": code})
    refused = second.post("/accounts/2fa/authenticate/", {"code": code})

    assert opened["Location"] == "/my/"
    assert refused.status_code == 200


def test_the_journal_keeps_when_a_factor_comes_and_goes(fresh_town):
    with tenant_context(fresh_town):
        make_family()
    client = browser(str(fresh_town.domains.get(is_primary=True).domain))
    sign_in(client)

    set_up_application(client)
    client.post("/accounts/2fa/totp/deactivate/")

    with tenant_context(fresh_town):
        actions = list(
            Entry.objects.filter(action__startswith="second factor").values_list(
                "action", flat=True
            )
        )

    assert actions.count("second factor added") >= 1
    assert actions.count("second factor removed") >= 1


def test_removing_it_asks_the_password_again(rochebelle):
    make_family()
    client = browser()
    sign_in(client)
    leave_open(client, rochebelle)

    page = client.get("/accounts/2fa/totp/activate/")

    assert page["Location"].startswith("/accounts/reauthenticate/")


def test_staff_without_a_second_step_are_sent_to_choose_one(rochebelle, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    clerk = Account.objects.create_superuser("agent@example.com", "x")
    client = browser()
    client.force_login(clerk)

    page = client.get("/admin/")

    assert page["Location"] == "/accounts/2fa/"


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_staff_work_with_any_second_step(rochebelle, settings, kind):
    settings.SECOND_FACTOR_REQUIRED = True
    clerk = Account.objects.create_superuser("agent@example.com", "x")
    Authenticator.objects.create(user=clerk, type=kind, data={})
    client = browser()
    client.force_login(clerk)

    assert client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(rochebelle, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    clerk = Account.objects.create_superuser("agent@example.com", "x")
    Authenticator.objects.create(
        user=clerk, type=Authenticator.Type.RECOVERY_CODES, data={}
    )
    client = browser()
    client.force_login(clerk)

    assert client.get("/admin/")["Location"] == "/accounts/2fa/"


def test_a_sealed_text_opens_in_its_town_only(rochebelle, etangs):
    sealed = seal_text("JBSWY3DP", purpose="second factor")

    opened = unseal_text(sealed, purpose="second factor")

    assert opened == "JBSWY3DP"
    with tenant_context(etangs), pytest.raises(UnreadableValueError):
        unseal_text(sealed, purpose="second factor")
    with pytest.raises(UnreadableValueError):
        unseal_text(sealed, purpose="another")


def test_operators_texts_are_sealed_too(db):
    enter_public()

    sealed = seal_text("JBSWY3DP", purpose="second factor")

    assert "JBSWY3DP" not in sealed
    assert unseal_text(sealed, purpose="second factor") == "JBSWY3DP"
