"""Two towns number their content types differently; threads must not mix them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import pytest_django
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django_tenants.utils import tenant_context

from billing.models import Invoice
from families.models import Child, Household
from foundation import content_types
from tenants.gateways.schemas import owner_connection
from tenants.models import Town

MODELS = [Child, Household, Invoice]
SHIFT = 1_000


@pytest.fixture
def shifted_towns(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[list[Town]]:
    """Two towns whose content types have different numbers, committed."""
    with django_db_blocker.unblock():
        towns = list(Town.objects.towns().order_by("name")[:2])
        renumber(towns[1], SHIFT)
        yield towns
        renumber(towns[1], -SHIFT)
        connection.close()


def renumber(town: Town, by: int) -> None:
    """Shift the numbers of a few content types that nothing else points to."""
    names = [model._meta.model_name for model in MODELS]
    with owner_connection() as owner:
        owner.execute(f"SET search_path TO {town.schema_name}")
        owner.execute("SET CONSTRAINTS ALL DEFERRED")
        owner.execute(
            "UPDATE auth_permission SET content_type_id = content_type_id + %s"
            " WHERE content_type_id IN (SELECT id FROM django_content_type"
            " WHERE model = ANY(%s))",
            [by, names],
        )
        owner.execute(
            "UPDATE django_content_type SET id = id + %s WHERE model = ANY(%s)",
            [by, names],
        )
    content_types.forget(town.schema_name)


def looked_up(town: Town, rounds: int) -> list[tuple[int, int]]:
    """Return pairs (number the cache gives, number the table has)."""
    pairs = []
    with tenant_context(town):
        with connection.cursor() as cursor:
            cursor.execute("SELECT model, id FROM django_content_type")
            truth = dict(cursor.fetchall())
        for _round in range(rounds):
            for model in MODELS:
                found = ContentType.objects.get_for_model(model)
                pairs.append((found.pk, truth[model._meta.model_name]))
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_sleep(0.0005)")
    connection.close()
    return pairs


def test_threads_of_two_towns_never_share_content_types(shifted_towns):
    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(looked_up, shifted_towns[n % 2], 60) for n in range(4)]
        pairs = [pair for job in work for pair in job.result()]

    assert len(pairs) == 4 * 60 * len(MODELS)
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_without_the_defence_the_same_threads_do_mix_them(shifted_towns, monkeypatch):
    """The test above can fail: with one cache for all, it does."""
    shared: dict[object, object] = {}
    manager = type(ContentType.objects)
    monkeypatch.setattr(manager, "_cache", property(lambda self: shared))

    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(looked_up, shifted_towns[n % 2], 20) for n in range(4)]
        pairs = [pair for job in work for pair in job.result()]

    assert [pair for pair in pairs if pair[0] != pair[1]] != []
