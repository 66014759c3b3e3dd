"""A clerk tries a tariff on the past: asks, waits, reads, takes the table away."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django_tenants.utils import tenant_context

from catalog.models import TariffVersion
from enrolment.models import TariffReplay
from enrolment.services.what_if import work_out
from foundation.accounts.models import Account
from tests.catalog.views.staff_steps import HOST, administrator
from tests.enrolment.booking_builders import NOW, accepted_family, book, lunch

DAYS = {"first": "2026-12-01", "last": "2026-12-31"}


@pytest.fixture
def desk(rochebelle: Any) -> Client:
    return administrator(rochebelle)


@pytest.fixture
def draft(rochebelle: Any) -> TariffVersion:
    family = accepted_family()
    book(family, lunch("2026-12-01"), lunch("2026-12-03"))
    voted = TariffVersion.objects.filter(
        tariff__activities__code="repas", published_at__isnull=False
    ).latest("effective_from")
    dearer = {"code": "more", "method": "amount", "amount": "0.10"}
    return TariffVersion.objects.create(
        tariff=voted.tariff,
        rules={**voted.rules, "adjustments": [dearer]},
        vote_number="2026-12-01",
        voted_on=date(2026, 12, 1),
        effective_from=date(2027, 9, 1),
    )


def ask(desk: Client, draft: TariffVersion, **days: str) -> Any:
    address = reverse("tariff_replays:ask", args=[draft.public_id])
    return desk.post(address, {**DAYS, **days})


def done(rochebelle: Any) -> TariffReplay:
    with tenant_context(rochebelle):
        replay = TariffReplay.objects.select_related("version", "asked_by").get()
        work_out(replay, now=NOW)
    return replay


def test_a_version_offers_to_be_tried_on_the_past(
    desk: Client, draft: TariffVersion
) -> None:
    page = desk.get(reverse("catalog_staff:version", args=[draft.public_id]))

    assert reverse("tariff_replays:ask", args=[draft.public_id]) in page.text


def test_the_result_is_read_and_taken_away(
    rochebelle: Any, desk: Client, draft: TariffVersion
) -> None:
    asked = ask(desk, draft)
    waiting = desk.get(asked.url)
    replay = done(rochebelle)

    page = desk.get(asked.url)
    table = desk.get(reverse("tariff_replays:file", args=[replay.public_id]))

    assert "being worked out" in waiting.text or "calcul" in waiting.text
    assert "0,20" in page.text
    assert table.status_code == 200
    assert "0.20" in table.content.decode("utf-8-sig").replace(",", ".")


def test_days_the_wrong_way_round_are_refused(
    rochebelle: Any, desk: Client, draft: TariffVersion
) -> None:
    refused = ask(desk, draft, last="2026-11-30")

    assert refused.status_code == 200
    with tenant_context(rochebelle):
        assert not TariffReplay.objects.exists()


def test_a_trial_of_somebody_else_is_not_there(
    rochebelle: Any, desk: Client, draft: TariffVersion
) -> None:
    ask(desk, draft)
    replay = done(rochebelle)
    with tenant_context(rochebelle):
        clerk = Account.objects.create_superuser("noe@example.com")
    other = Client(headers={"host": HOST}, SERVER_NAME=HOST)
    with tenant_context(rochebelle):
        other.force_login(clerk)

    mine = reverse("tariff_replays:replay", args=[replay.public_id])
    nobody = reverse("tariff_replays:replay", args=[uuid4()])

    assert other.get(mine).status_code == other.get(nobody).status_code == 404


def test_a_table_that_is_not_ready_is_not_there(
    rochebelle: Any, desk: Client, draft: TariffVersion
) -> None:
    ask(desk, draft)
    with tenant_context(rochebelle):
        replay = TariffReplay.objects.get()

    table = desk.get(reverse("tariff_replays:file", args=[replay.public_id]))

    assert table.status_code == 404


def test_the_days_offered_are_those_a_field_of_dates_reads(
    desk: Client, draft: TariffVersion
) -> None:
    page = desk.get(reverse("tariff_replays:ask", args=[draft.public_id]))

    first = page.context["form"]["first"].initial
    assert f'value="{first.isoformat()}"' in page.text


def test_rules_that_cannot_be_read_are_told_and_not_tried(
    rochebelle: Any, desk: Client, draft: TariffVersion
) -> None:
    with tenant_context(rochebelle):
        TariffVersion.objects.filter(pk=draft.pk).update(rules={"currency": "EUR"})

    refused = ask(desk, draft)

    assert refused.status_code == 200
    assert refused.context["form"].non_field_errors()
