"""A town's configuration leaves as a file, and comes back the same."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django_tenants.utils import tenant_context
from hypothesis import HealthCheck, given, settings, strategies as st

from billing.models import Regie
from catalog.models import Activity, Service, Session, Tariff, TariffVersion
from enrolment.models import Booking
from families.models import Terms
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from foundation.problems import ConfigurationError
from foundation.town import enter_public
from tenants.domain.pack_changes import compare
from tenants.gateways.pack_files import read_pack_file, write_pack_file
from tenants.models import Town
from tenants.services.packing import (
    export_file,
    export_pack,
    import_pack,
    preview_import,
)
from tenants.townhall.models import TownSettings
from tests.cast.towns import open_from

ROOT = Path(__file__).parents[3]
EVERYTHING = ROOT / "tests" / "tenants" / "everything.yaml"
PACKS = [*sorted((ROOT / "infra" / "demo").glob("*.yaml")), EVERYTHING]
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def opened(pack: dict[str, Any]) -> Town:
    """Open a town from a pack, on a host of its own."""
    host = f"ville-{uuid4().hex[:8]}"
    pack["town"] = {**pack["town"], "host": host}
    pack["administrator"] = {"email": f"mairie@{host}.example"}
    return open_from(pack, now=NOW)


def exported(town: Town) -> bytes:
    with tenant_context(town):
        return write_pack_file(export_pack(town=town))


def administrator() -> Account:
    return Account.objects.filter(is_superuser=True).earliest("id")


def put(town: Town, data: object) -> Any:
    return import_pack(town=town, data=data, actor=administrator(), now=NOW)


@pytest.mark.parametrize("file", PACKS, ids=lambda path: path.stem)
def test_a_town_leaves_and_comes_back_as_the_same_file(db, file):
    first = exported(opened(read_pack_file(file.read_bytes())))

    second = exported(opened(read_pack_file(first)))

    assert second == first


def test_the_file_says_everything_that_the_pack_said(db):
    said = read_pack_file(EVERYTHING.read_bytes())

    told = read_pack_file(exported(opened(read_pack_file(EVERYTHING.read_bytes()))))

    changes = {each.path for each in compare(said, told) if not each.is_new}
    assert {path for path in changes if not path.startswith("regies")} == {
        # Never in a file.
        "administrator",
        "town.host",
        # Said day by day.
        "calendar.public_holidays",
        "services[cantine].activities[midi].generate",
        # Said in one order, or supposed anyway.
        "services[cantine].activities[midi].school_classes",
        "services[cantine].requires_access",
        "townhall.linking_methods",
        "townhall.password_required",
    }


def test_no_secret_and_nobody_is_in_the_file(db):
    said = EVERYTHING.read_text()

    told = exported(opened(read_pack_file(EVERYTHING.read_bytes()))).decode()

    secrets = ("FR7630006000011234567890189", "FR72ZZZ123456", "acct_demo", "mairie@")
    assert all(secret in said for secret in secrets)
    assert not any(secret in told for secret in secrets)
    assert "host" not in read_pack_file(told.encode())["town"]


def test_a_neighbour_starts_without_what_names_the_town(rochebelle):
    content = export_file(town=rochebelle, actor=administrator(), for_neighbour=True)

    data = read_pack_file(content)
    assert "name" not in data["town"]
    assert not {"contact_email", "address", "brand_colour"} & set(data["townhall"])
    assert all("reply_to" not in each for each in data["departments"])
    entry = Entry.objects.get(action="configuration exported")
    assert entry.new == {"for_neighbour": True}


def test_a_town_opens_from_the_file_of_a_neighbour(rochebelle):
    data = read_pack_file(
        export_file(town=rochebelle, actor=administrator(), for_neighbour=True)
    )
    data["town"]["name"] = "La Voisine"

    enter_public()
    neighbour = opened(data)

    with tenant_context(neighbour):
        assert TownSettings.objects.get().name == "La Voisine"
        assert Service.objects.filter(code="cantine").exists()
        assert not Regie.objects.exclude(stripe_account="").exists()
        assert not any(each.accepts_cards for each in Regie.objects.all())


def test_the_same_file_changes_nothing(rochebelle):
    data = export_pack(town=rochebelle)

    report = put(rochebelle, data)

    assert report.changes == ()
    assert report.kept == ()
    assert report.same > 10
    assert not Entry.objects.filter(action="configuration imported").exists()


def test_a_preview_tells_and_changes_nothing(rochebelle):
    data = export_pack(town=rochebelle)
    data["services"][0]["summary"] = "Autre résumé"
    data["proof_types"].append(
        {"code": "neuf", "name": "Neuf", "validity": "unlimited"}
    )
    before = export_pack(town=rochebelle)

    report = preview_import(town=rochebelle, data=data, now=NOW)

    code = data["services"][0]["code"]
    assert [each.path for each in report.changes] == [
        "proof_types[neuf]",
        f"services[{code}].summary",
    ]
    assert next(each.is_new for each in report.changes)
    assert export_pack(town=rochebelle) == before


def test_an_import_does_what_the_preview_told_and_the_journal_keeps_it(rochebelle):
    data = export_pack(town=rochebelle)
    data["services"][0]["name"] = "Restaurant scolaire"
    told = preview_import(town=rochebelle, data=data, now=NOW)

    done = put(rochebelle, data)

    assert done == told
    assert Service.objects.filter(name="Restaurant scolaire").exists()
    entry = Entry.objects.get(action="configuration imported")
    path = f"services[{data['services'][0]['code']}].name"
    assert entry.new[path] == "Restaurant scolaire"
    assert path in entry.old
    assert preview_import(town=rochebelle, data=data, now=NOW).changes == ()


def test_what_the_file_does_not_name_stays(rochebelle):
    data = {"services": [export_pack(town=rochebelle)["services"][0]]}
    data |= {key: export_pack(town=rochebelle)[key] for key in ("departments",)}
    whole = export_pack(town=rochebelle)
    needed = ("communes", "proof_types", "tariffs", "calendar")
    data |= {key: whole[key] for key in needed if key in whole}

    report = put(rochebelle, data)

    assert report.changes == ()
    assert any(each.startswith("services[") for each in report.kept)
    assert export_pack(town=rochebelle) == whole


def test_a_published_tariff_never_changes(rochebelle):
    data = export_pack(town=rochebelle)
    version = data["tariffs"][0]["versions"][0]
    version["vote_number"] = "autre"

    with pytest.raises(ConfigurationError) as refused:
        put(rochebelle, data)

    place = f"tariffs[{data['tariffs'][0]['code']}].versions"
    assert [each.reason for each in refused.value.problems] == [
        "published_never_changes"
    ]
    assert refused.value.problems[0].path.startswith(place)
    assert not TariffVersion.objects.filter(vote_number="autre").exists()


def test_a_new_version_of_a_tariff_waits_as_a_draft(rochebelle):
    data = export_pack(town=rochebelle)
    versions = data["tariffs"][0]["versions"]
    versions.append({**versions[0], "effective_from": "2031-09-01"})

    put(rochebelle, data)

    tariff = Tariff.objects.get(code=data["tariffs"][0]["code"])
    added = tariff.versions.get(effective_from=date(2031, 9, 1))
    assert added.published_at is None
    assert put(rochebelle, data)
    assert tariff.versions.count() == len(versions)


def test_one_problem_and_nothing_of_the_file_is_kept(rochebelle):
    data = export_pack(town=rochebelle)
    data["services"][0]["summary"] = "Perdu"
    data["services"][-1]["billing_mode"] = "gratuit"

    with pytest.raises(ConfigurationError, match="billing_mode"):
        put(rochebelle, data)

    assert not Service.objects.filter(summary="Perdu").exists()


def test_new_terms_of_use_wait_as_a_draft(rochebelle):
    before = Terms.objects.published().count()

    put(rochebelle, {"terms_of_use": "De nouvelles conditions."})

    assert Terms.objects.published().count() == before
    assert Terms.objects.get(published_at=None).body == "De nouvelles conditions."


def test_a_session_that_families_booked_keeps_its_places(rochebelle):
    data = export_pack(town=rochebelle)
    session = Session.objects.exclude(capacity=None).earliest("id")
    Session.objects.filter(pk=session.pk).update(seats_taken=2, capacity=2)
    activity = session.activity
    service = activity.service.code
    for each in data["services"]:
        for row in each["activities"]:
            if row["code"] == activity.code:
                for made in [*row.get("series", ()), *row.get("sessions", ())]:
                    made["capacity"] = 1

    with pytest.raises(ConfigurationError) as refused:
        put(rochebelle, data)

    reasons = {each.reason for each in refused.value.problems}
    assert reasons == {"fewer_places_than_taken"}
    assert refused.value.problems[0].path.startswith(
        f"services[{service}].activities[{activity.code}]"
    )


def test_bank_and_payment_accounts_survive_a_file_without_them(rochebelle):
    before = {
        each.code: (each.stripe_account, each.iban) for each in Regie.objects.all()
    }
    data = export_pack(town=rochebelle)
    data["regies"][0]["name"] = "Autre nom"

    put(rochebelle, data)

    after = {
        each.code: (each.stripe_account, each.iban) for each in Regie.objects.all()
    }
    assert after == before
    assert any(account for account, _iban in before.values())


WORDS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip() and "\x85" not in text)
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_a_clerk_wrote_leaves_and_comes_back(rochebelle, data):
    service = Service.objects.get(code="cantine")
    service.name = data.draw(WORDS).strip()[:120]
    service.summary = data.draw(WORDS)
    service.description = data.draw(TEXTS).replace("\n", "\r\n")
    service.save()
    activity = service.activities.first()
    assert activity is not None
    for offset in data.draw(st.sets(st.integers(0, 60), max_size=8)):
        day = date(2031, 1, 1) + timedelta(days=offset)
        Session.objects.get_or_create(
            activity=activity,
            starts_on=day,
            defaults={
                "name": data.draw(st.just("") | WORDS.map(str.strip)),
                "ends_on": day + timedelta(days=data.draw(st.integers(0, 2))),
                "start_time": data.draw(st.sampled_from([time(8), time(9, 30)])),
                "end_time": time(18),
                "capacity": data.draw(st.none() | st.integers(0, 99)),
            },
        )
    first = write_pack_file(export_pack(town=rochebelle))

    report = put(rochebelle, read_pack_file(first))
    again = write_pack_file(export_pack(town=rochebelle))

    assert report.changes == () or all(
        each.path.endswith(("summary", "description", "name"))
        for each in report.changes
    )
    assert again == first


def test_activities_keep_their_bookings(rochebelle):
    before = Booking.objects.count(), Activity.objects.count()

    put(rochebelle, export_pack(town=rochebelle))

    assert (Booking.objects.count(), Activity.objects.count()) == before
