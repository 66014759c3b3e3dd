"""The retention table in the back office."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django_tenants.utils import tenant_context

from families.models import ErasureRun, RetentionPeriod
from foundation.accounts.models import Account
from tests.families.builders import PASSWORD

PAGE = "/admin/families/retention/"


@pytest.fixture
def admin(rochebelle):
    account = Account.objects.create_superuser("chief@example.com", PASSWORD)
    client = Client(headers={"host": "rochebelle.localhost"})
    client.force_login(account)
    return client


def test_an_administrator_counts_and_changes_a_period(rochebelle, admin):
    asked = admin.post(f"{PAGE}run/", {"kind": "trial", "form_key": uuid4()})
    changed = admin.post(f"{PAGE}period/", {"rule": "families", "number": 24})

    assert (asked.status_code, changed.status_code) == (302, 302)
    with tenant_context(rochebelle):
        assert ErasureRun.objects.get().kind == "trial"
        assert RetentionPeriod.objects.get().number == 24
    assert "24" in admin.get(PAGE).text


def test_a_clerk_without_the_permission_does_not_come_in(rochebelle):
    clerk = Account.objects.create_user("clerk@example.com", PASSWORD, is_staff=True)
    clerk.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "change_household"])
    )
    client = Client(headers={"host": "rochebelle.localhost"})
    client.force_login(clerk)

    answer = client.get(PAGE)

    assert answer.status_code in (302, 403)
    assert "Kept for" not in answer.text
