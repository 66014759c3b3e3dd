"""Opening a town."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Site

from foundation.town import current_schema
from tenants.townhall.models import TownSettings


def test_a_new_town_is_filled_in_its_own_schema(rochebelle):
    settings = TownSettings.objects.get()

    assert settings.name == "Rochebelle"
    assert Site.objects.get().hostname == "rochebelle.localhost"
    assert current_schema() == rochebelle.schema_name
    assert ContentType.objects.count() > 40


def test_no_foreign_key_leaves_a_town(rochebelle):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conname FROM pg_constraint c"
            " JOIN pg_class a ON a.oid = c.conrelid"
            " JOIN pg_class b ON b.oid = c.confrelid"
            " WHERE c.contype = 'f' AND a.relnamespace <> b.relnamespace"
        )
        leaving = cursor.fetchall()

    assert leaving == []
