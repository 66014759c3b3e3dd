"""Opening a town, and starting again after something went wrong."""

import pytest
from django_tenants.utils import tenant_context

from catalog.models import Session
from foundation.journal.models import Entry
from foundation.problems import ConfigurationError
from foundation.town import current_schema
from tenants.enums import TownState
from tenants.gateways.schemas import replay_template, schema_exists
from tenants.models import Domain, Town
from tenants.services.opening import (
    HostTakenError,
    build_or_explain,
    build_town,
    register_town,
)
from tests.cast import minimal_pack, pack_of
from tests.cast.towns import OPENED_AT


def test_a_fresh_town_is_open_with_its_own_schema(fresh_town):
    assert fresh_town.state == TownState.OPEN
    assert schema_exists(fresh_town.schema_name)
    assert Entry.objects.filter(record=fresh_town.public_id).count() == 2


def test_a_try_that_crashed_after_the_schema_is_taken_up_again(committed):
    pack = minimal_pack("Ville Reprise", "ville-reprise.localhost")
    town = register_town(pack=pack)
    replay_template(town.schema_name)

    again = register_town(pack=pack | {"departments": []})
    build_town(town=again, now=OPENED_AT)

    assert again.pk == town.pk
    assert Town.objects.get(pk=town.pk).state == TownState.OPEN
    assert Domain.objects.filter(tenant=town).count() == 1


def test_a_town_that_cannot_be_filled_keeps_the_reason_and_opens_later(committed):
    pack = pack_of("rochebelle")
    pack["town"] |= {"name": "Ville Trop Petite", "host": "ville-trop-petite"}
    town = register_town(pack=pack)
    # What no reader can see: the database itself refuses.
    town.opening_pack["services"][0]["summary"] = "x" * 200
    town.opening_pack["town"]["currency"] = "USD"

    opened = build_or_explain(town=town, now=OPENED_AT)

    kept = Town.objects.get(pk=town.pk)
    assert not opened
    assert kept.state == TownState.OPENING
    assert kept.opening_error.startswith("town.currency: ")
    assert build_or_explain(town=kept, now=OPENED_AT)
    with tenant_context(kept):
        assert Session.objects.exists()


def test_a_failure_while_filling_leaves_nothing_half_done(committed, monkeypatch):
    town = register_town(pack=minimal_pack("Ville Panne", "ville-panne.localhost"))
    monkeypatch.setattr("cms.services._point_host", _breaks)

    opened = build_or_explain(town=town, now=OPENED_AT)

    kept = Town.objects.get(pk=town.pk)
    assert not opened
    assert (kept.state, kept.opened_at) == (TownState.OPENING, None)
    assert "RuntimeError: no more room" in kept.opening_error
    assert current_schema() == "public"
    monkeypatch.undo()
    assert build_or_explain(town=kept, now=OPENED_AT)
    assert Town.objects.get(pk=town.pk).state == TownState.OPEN


def test_a_host_of_another_town_is_refused(db):
    with pytest.raises(HostTakenError):
        register_town(pack=minimal_pack("Autre", "Rochebelle.localhost."))


def test_the_platform_host_is_refused(db):
    towns = Town.objects.count()

    with pytest.raises(ConfigurationError, match="host_is_the_platform"):
        register_town(pack=minimal_pack("Autre", "localhost."))

    assert Town.objects.count() == towns


def test_opening_an_open_town_does_nothing(fresh_town):
    build_town(town=fresh_town, now=OPENED_AT)

    assert Town.objects.get(pk=fresh_town.pk).opened_at == OPENED_AT


def _breaks(*_args, **_kwargs):
    raise RuntimeError("no more room")
