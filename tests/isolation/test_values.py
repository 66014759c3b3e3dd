"""Cache keys, signed values and absolute addresses belong to one town."""

import pytest
from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.core.signing import BadSignature
from django_tenants.utils import get_public_schema_name, tenant_context
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Site

from foundation import signing
from foundation.checks import (
    cache_keys_carry_the_town,
    confirmation_links_are_stored,
    cookies_stay_on_their_host,
)
from foundation.town import current_schema, enter_public
from portal.addresses import current_base_url


def test_a_cached_value_is_not_seen_from_another_town(rochebelle, etangs):
    cache.set("tea", "mint")

    with tenant_context(etangs):
        seen = cache.get("tea")

    assert seen is None
    assert cache.get("tea") == "mint"


def test_start_up_is_refused_with_a_cache_that_has_no_town(settings):
    settings.CACHES = {"default": {"BACKEND": "x"}, "renditions": {"BACKEND": "x"}}

    found = cache_keys_carry_the_town()

    assert [error.id for error in found] == ["foundation.E001", "foundation.E001"]


def test_start_up_is_refused_with_cookies_shared_by_towns(settings):
    settings.SESSION_COOKIE_DOMAIN = ".example.org"
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.example.org"]

    found = cookies_stay_on_their_host()

    assert [error.id for error in found] == ["foundation.E002", "foundation.E003"]


def test_start_up_is_refused_with_signed_confirmation_links(settings):
    settings.ACCOUNT_EMAIL_CONFIRMATION_HMAC = True

    assert [error.id for error in confirmation_links_are_stored()] == [
        "foundation.E004"
    ]


def test_the_checks_pass_as_we_ship():
    assert [
        found
        for found in checks.run_checks()
        if (found.id or "").startswith("foundation")
    ] == []


def test_a_signed_value_opens_in_its_own_town_only(rochebelle, etangs):
    text = signing.sign({"household": "A"}, purpose="calendar")

    opened = signing.unsign(text, purpose="calendar")

    assert opened == {"household": "A"}
    with tenant_context(etangs), pytest.raises(BadSignature):
        signing.unsign(text, purpose="calendar")


def test_a_signed_value_opens_for_its_own_purpose_only(rochebelle):
    text = signing.sign("A", purpose="calendar")

    with pytest.raises(BadSignature):
        signing.unsign(text, purpose="unsubscribe")


def test_pages_of_each_town_are_on_its_own_host(rochebelle, etangs):
    urls = {}
    for town in (rochebelle, etangs, rochebelle):
        with tenant_context(town):
            site = Site.objects.get()
            urls[town.name] = site.root_page.get_full_url()

    assert urls == {
        "Rochebelle": "http://rochebelle.localhost/",
        "Pays des Étangs": "http://etangs.localhost/",
    }


def test_the_back_office_writes_links_on_the_current_town(rochebelle, etangs):
    in_rochebelle = f"{get_admin_base_url()}/admin/"
    with tenant_context(etangs):
        in_etangs = f"{get_admin_base_url()}/admin/"

    assert in_rochebelle == "http://rochebelle.localhost/admin/"
    assert in_etangs == "http://etangs.localhost/admin/"


def test_outside_any_town_addresses_are_the_platform_s(db):
    enter_public()

    assert current_schema() == get_public_schema_name()
    assert current_base_url() == settings.PLATFORM_BASE_URL
