"""The REST API."""

from io import StringIO

from django.core.management import call_command
from django.test import Client

HOST = {"host": "rochebelle.localhost"}


def test_the_schema_is_served_without_an_account(rochebelle):
    answer = Client().get("/api/v1/schema/?format=json", headers=HOST)

    assert answer.status_code == 200
    assert "/api/v1/my/invoices/" in answer.json()["paths"]


def test_the_schema_is_complete_and_names_our_addresses_only(rochebelle):
    written = StringIO()

    call_command("spectacular", "--validate", "--fail-on-warn", stdout=written)

    paths = [
        line.strip(" :") for line in written.getvalue().splitlines() if "  /" in line
    ]
    assert "/api/v1/prices/simulate/" in paths
    assert all(path.startswith("/api/v1/") for path in paths)


def test_a_family_s_own_things_need_an_account(rochebelle):
    for path in ("my/invoices/", "my/bookings/"):
        answer = Client().get(f"/api/v1/{path}", headers=HOST)

        assert answer.status_code == 403


def test_health_answers_on_the_platform_only(rochebelle):
    ready = Client().get("/health/ready", headers={"host": "localhost"})
    elsewhere = Client().get("/health/ready/", headers=HOST)

    assert (ready.status_code, ready.json()["status"]) == (200, "ok")
    assert elsewhere.status_code == 404
