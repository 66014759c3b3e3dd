"""Two towns planted with marks, and the people who try them."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import pytest_django
from django.db import transaction
from django.template import Template
from django.test import override_settings
from django.test.utils import _TestState
from django_tenants.utils import tenant_context

from foundation.town import enter_public
from tenants.gateways.schemas import drop_schema
from tenants.models import Town
from tests.billing.conftest import simulator_url
from tests.enrolment.crowd import open_busy_town
from tests.hostile.world import World, plant_world

__all__ = ["simulator_url"]


@pytest.fixture
def world(rochebelle: Town, etangs: Town, settings: Any, tmp_path: Path) -> World:
    """Plant both towns; the thread is left in public."""
    settings.PREAU_PRIVATE_ROOT = tmp_path
    settings.EMAIL_BACKEND = "foundation.post.backends.OutboxBackend"
    # No probe leaves the machine: nobody answers there.
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    return plant_world(rochebelle, etangs)


@pytest.fixture(scope="module")
def standing_world(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Plant both towns for all tests of a module, then take everything back."""
    quiet = override_settings(
        PREAU_PRIVATE_ROOT=tmp_path_factory.mktemp("private"),
        EMAIL_BACKEND="foundation.post.backends.OutboxBackend",
        STRIPE_API_BASE="http://127.0.0.1:9",
        # Half of the statements less: test_search_path.py proves the way of life.
        TENANT_LIMIT_SET_CALLS=True,
    )
    # The frame of pages is kept for a minute: here, for the whole run. Nor are the
    # templates watched as Django's tests do.
    shipped = _TestState.saved_data.template_render  # type: ignore[attr-defined] # Django's own.
    plain = patch.object(Template, "_render", shipped)
    kept = patch("portal.context.SECONDS_KEPT", 7_200)
    block = transaction.atomic()
    # As in a TestCase: services that must be alone in their block may run in it.
    block._from_testcase = True  # type: ignore[attr-defined] # Django's own mark.
    with django_db_blocker.unblock(), quiet, plain, kept, block:
        here = Town.objects.get(name="Rochebelle")
        with tenant_context(here):
            world = plant_world(here, Town.objects.get(name="Pays des Étangs"))
        enter_public()
        # What is there now is not looked through again at each collection.
        gc.freeze()
        yield world
        gc.unfreeze()
        enter_public()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def busy_town(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Town]:
    """A town with committed data, shared by the tests of a module."""
    with django_db_blocker.unblock():
        town = open_busy_town()
        enter_public()
        yield town
        drop_schema(town.schema_name)
        Town.objects.filter(pk=town.pk).delete()


@pytest.fixture
def crowded(busy_town: Town, committed: None, settings: Any, tmp_path: Path) -> Town:
    """The same, for one test, whose connections write for good; not entered."""
    settings.PREAU_PRIVATE_ROOT = tmp_path
    return busy_town
