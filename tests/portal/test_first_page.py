"""The first page of the back office counts what this clerk may decide, no more."""

import re

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from tenants.townhall.models import StaffScope
from tests.enrolment.request_builders import make_clerk, sent, sign_in
from tests.families.builders import make_family

pytestmark = pytest.mark.django_db


def waiting_for(client: Client) -> list[str]:
    page = client.get("/admin/").content.decode()
    return re.findall(r'bo-tile__count">(\d+)<', page)


def test_requests_of_other_departments_are_not_counted(rochebelle):
    sent(make_family("claire@example.com", "Lina"))
    everything = sign_in(make_clerk("all@mairie.example"))
    with tenant_context(rochebelle):
        nothing = make_clerk("none@mairie.example")
        StaffScope.objects.update_or_create(
            account=nothing, defaults={"all_departments": False, "all_schools": False}
        )
    limited = sign_in(nothing)

    counts = waiting_for(everything), waiting_for(limited)

    assert counts[0][0] == "1"
    assert counts[1][0] == "0"
