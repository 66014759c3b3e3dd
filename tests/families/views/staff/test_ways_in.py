"""How the adults of a household sign in, and the code that stands, for clerks."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from django_tenants.utils import tenant_context

from families.models import ClaimCode
from families.services.claim_codes import issue_code
from foundation.accounts.models import Account
from tests.families.builders import browser, make_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(rochebelle, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    account = Account.objects.create_user("nadia@town.fr", is_staff=True)
    account.user_permissions.set(Permission.objects.all())
    return account


def test_a_code_ends_after_a_question(rochebelle, clerk):
    household = make_family().household
    issue_code(household=household, actor=clerk, now=timezone.now())
    path = f"/admin/families/ways-in/{household.public_id}/code/end/"
    desk = browser()
    desk.force_login(clerk)

    page = desk.get(path.removesuffix("code/end/")).text
    question = desk.get(path).text
    with tenant_context(rochebelle):
        standing = ClaimCode.objects.get().revoked_at
    desk.post(path)

    assert f'href="{path}"' in page
    assert "opens nothing more" in question
    assert standing is None
    with tenant_context(rochebelle):
        assert ClaimCode.objects.get().revoked_at is not None
