"""School, sport, early childhood: asked for and answered from the pack alone."""

from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django_tenants.utils import tenant_context

from catalog.domain.pack import SERVICES
from catalog.models import Service
from catalog.services.pack_import import put_service
from enrolment.enums import RequestStatus
from enrolment.models import AccessRequest
from enrolment.queries.needs import missing_of, needs_of
from families.domain.proof_forms import QuestionKind, asked_now
from families.enums import ProofKind
from families.models import Person, ProofType
from families.services.opening import put_families
from families.services.proof_answers import questions_of
from foundation.accounts.models import Account
from tenants.gateways.pack_files import read_pack_file
from tenants.services.opening import checked_pack
from tenants.townhall.models import Department
from tests.enrolment.request_builders import (
    accept_all,
    make_clerk,
    pdf_upload,
    sign_in,
)
from tests.families.builders import TODAY, make_family

DEMO = Path(__file__).parents[2] / "infra/demo"
# The pack, the service, and what the family reads once accepted.
ASKED = [
    ("rochebelle", "inscription-scolaire", "Prenez rendez-vous"),
    ("rochebelle", "inscription-sport", "Il commence le mercredi"),
    ("etangs", "modification-petite-enfance", "signer l'avenant"),
    ("etangs", "creche-dossier", "fixer les jours d'adaptation"),
]
PLAIN = {QuestionKind.YES_NO: "no", QuestionKind.CERTIFY: "on"}


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


def put(town, name, code):
    """Write one service of a pack, with the proofs that it asks for."""
    pack = checked_pack(read_pack_file((DEMO / f"{name}.yaml").read_bytes()))
    put_families(pack=pack)
    (facts,) = [each for each in pack.get(SERVICES) if each.code == code]
    Department.objects.get_or_create(code=facts.department)
    service, problems = put_service(facts, zone=ZoneInfo(town.time_zone))
    assert problems == []
    return service


def answers_to(kind: ProofType) -> dict[str, object]:
    """Return what a browser sends for the page of one proof."""
    if kind.kind != ProofKind.FORM:
        return {"files": [pdf_upload()]}
    sent: dict[str, object] = {}
    for each in asked_now(questions_of(kind), {}):
        name = f"q-{each.code}"
        if each.kind == QuestionKind.DATE:
            sent |= {f"{name}_day": "1", f"{name}_month": "9", f"{name}_year": "2027"}
        elif each.options:
            sent[name] = each.options[0]
        else:
            sent[name] = PLAIN.get(each.kind, "Lundi et mardi")
    return sent


def ask(client, town, family, service):
    """Go through the pages to the last one; return the request."""
    child = family.children[0].public_id
    start = {"asked": "service", "child": child, "service": service.public_id}
    client.post("/my/requests/new/", start)
    with tenant_context(town):
        request = AccessRequest.objects.get(service=service)
        situation = service.situations.order_by("position").first()
    own = f"/my/requests/{request.public_id}/"
    if situation is not None:
        client.post(f"{own}situation/", {"situation": situation.public_id})
    with tenant_context(town):
        lacking = missing_of(needs_of(request, on=TODAY))
        kinds = [(each.requirement.public_id, each.proof_type) for each in lacking]
    for requirement, kind in kinds:
        page = client.post(f"{own}proofs/{requirement}/", answers_to(kind))
        assert page.status_code == 302, page.context["form"].errors
    client.post(f"{own}check/", {"form_key": uuid4(), "certified": "on"})
    return own, request


@pytest.mark.parametrize(("name", "code", "then"), ASKED)
def test_a_request_is_asked_and_answered_by_configuration_alone(
    rochebelle, name, code, then
):
    service = put(rochebelle, name, code)
    family, clerk = make_family("claire@example.com", "Lina"), make_clerk()
    claire, desk = sign_in(family.account), sign_in(clerk)

    own, request = ask(claire, rochebelle, family, service)
    sent = claire.get(f"{own}sent/").content.decode()
    with tenant_context(rochebelle):
        accept_all(request, clerk)
    desk.post(
        f"/admin/requests/{request.public_id}/accept/",
        {"access-from_on": "2026-11-21", "access-last_on": "2027-07-02"},
    )
    page = claire.get(own).content.decode()
    cards = claire.get("/my/requests/").content.decode()

    with tenant_context(rochebelle):
        request.refresh_from_db()
        assert Service.objects.get(code=code).requirements.exists()
    assert request.status == RequestStatus.ACCEPTED
    assert request.tracking_number in sent
    assert then in sent.replace("&#x27;", "'")
    assert "you can book" not in sent
    assert then in page.replace("&#x27;", "'")
    for text in (page, cards):
        assert "/my/bookings/" not in text.split("<main", 1)[1].split("</main>")[0]
    assert then in mail.outbox[-1].body
    assert "/my/bookings/" not in mail.outbox[-1].body


def test_a_service_without_words_of_its_own_says_who_writes(rochebelle):
    service = put(rochebelle, "etangs", "modification-petite-enfance")
    Service.objects.filter(pk=service.pk).update(once_accepted="")
    family = make_family("claire@example.com", "Lina")
    claire = sign_in(family.account)

    own, _request = ask(claire, rochebelle, family, service)
    sent = claire.get(f"{own}sent/").content.decode()

    assert "There is nothing to book" in sent


def test_a_family_without_an_address_is_promised_no_message(rochebelle):
    service = put(rochebelle, "etangs", "modification-petite-enfance")
    family = make_family("claire@example.com", "Lina")
    claire = sign_in(family.account)
    own, _request = ask(claire, rochebelle, family, service)
    with tenant_context(rochebelle):
        # As a file that a clerk keeps at the counter.
        Account.objects.filter(pk=family.account.pk).update(email="")
        Person.objects.filter(pk=family.person.pk).update(email="")

    sent = claire.get(f"{own}sent/").content.decode()

    assert "by e-mail" not in sent
    assert "ask at the counter" in sent
