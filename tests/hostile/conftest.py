"""Two towns planted with marks, and the people who try them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_django

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
