"""The REST API."""

from django.test import Client

HOST = {"host": "rochebelle.localhost"}


def test_the_schema_is_served_without_an_account(rochebelle):
    answer = Client().get("/api/v1/schema/?format=json", headers=HOST)

    assert answer.status_code == 200
    assert "/api/v1/my/invoices/" in answer.json()["paths"]


def test_a_family_s_own_things_need_an_account(rochebelle):
    for path in ("my/invoices/", "my/bookings/"):
        answer = Client().get(f"/api/v1/{path}", headers=HOST)

        assert answer.status_code == 403


def test_health_answers_on_the_platform_only(rochebelle):
    ready = Client().get("/health/ready", headers={"host": "localhost"})
    elsewhere = Client().get("/health/ready/", headers=HOST)

    assert (ready.status_code, ready.json()["status"]) == (200, "ok")
    assert elsewhere.status_code == 404
