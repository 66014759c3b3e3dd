"""The services of a town, over REST."""

import pytest

from catalog.models import Activity, Requirement, Service, Situation
from families.models import ProofType
from foundation.rest import TownThrottle
from tests.families.builders import browser

QUERIES = 8


def test_anybody_reads_the_services_shown(ask):
    Service.objects.filter(code="stages").update(is_published=False)

    answer = ask("services/")

    assert answer.status_code == 200
    assert answer["Content-Language"] == "fr"
    (shown,) = answer.json()["results"]
    assert (shown["code"], shown["name"]) == ("cantine", "Cantine")
    assert shown["commune"] == "Rochebelle"
    assert shown["requires_access"] is True


def test_a_service_tells_situations_proofs_and_activities(ask):
    service = ask("services/cantine/").json()

    assert [each["code"] for each in service["situations"]] == ["ecole", "exterieur"]
    assert [(each["code"], each["is_mandatory"]) for each in service["proofs"]] == [
        ("domicile", True),
        ("assurance", True),
        ("quotient", False),
        ("pai", False),
    ]
    assert {each["situation"] for each in service["proofs"]} == {None}
    (lunch,) = service["activities"]
    assert lunch["code"] == "repas"
    assert lunch["weekdays"] == [1, 2, 4, 5]
    assert lunch["start_time"] == "11:45:00"


def test_the_same_code_in_another_town_is_another_service(ask):
    here = ask("services/cantine/").json()
    there = ask("services/cantine/", host="etangs.localhost").json()

    assert (here["name"], there["name"]) == ("Cantine", "Cantine de Chalieu")
    assert there["situations"] == []


@pytest.mark.parametrize("code", ["garderie", "absent", "stages"])
def test_what_is_not_shown_here_does_not_exist(ask, code):
    Service.objects.filter(code="stages").update(is_published=False)

    answer = ask(f"services/{code}/")

    assert answer.status_code == 404
    assert answer.json()["detail"]


@pytest.mark.parametrize("count", [1, 30])
def test_a_service_reads_as_much_for_one_row_as_for_thirty(
    ask, django_assert_num_queries, count
):
    service = Service.objects.get(code="cantine")
    model = Activity.objects.get(code="repas")
    for number in range(count):
        proof = ProofType.objects.create(code=f"p{number}", name=f"P{number}")
        situation = Situation.objects.create(
            service=service, code=f"s{number}", name="S"
        )
        Requirement.objects.create(
            service=service, proof_type=proof, situation=situation
        )
        Activity.objects.create(
            code=f"a{number}",
            name="A",
            service=service,
            kind=model.kind,
            tariff=model.tariff,
            start_time=model.start_time,
            end_time=model.end_time,
        )
    ask("services/cantine/")

    with django_assert_num_queries(QUERIES):
        answer = ask("services/cantine/")

    assert len(answer.json()["activities"]) == count + 1


def test_a_town_that_asks_too_much_does_not_slow_its_neighbour(ask, monkeypatch):
    monkeypatch.setattr(TownThrottle, "THROTTLE_RATES", {"api": "2/day"})

    answers = [ask("services/").status_code for _ in range(3)]
    elsewhere = ask("services/", host="etangs.localhost")

    assert answers == [200, 200, 429]
    assert elsewhere.status_code == 200


def test_a_forged_address_does_not_escape_the_limit(ask, monkeypatch):
    monkeypatch.setattr(TownThrottle, "THROTTLE_RATES", {"api": "1/day"})
    ask("services/")

    answer = browser().get(
        "/api/v1/services/", headers={"x-forwarded-for": "203.0.113.9"}
    )

    assert answer.status_code == 429
