"""A clerk builds a form without code, and sees it as families will."""

import pytest
from django_tenants.utils import tenant_context

from catalog.models import Requirement, Service
from families.enums import ProofKind, ProofValidity
from families.models import ProofType
from foundation.journal.models import Entry
from tests.catalog.views.staff_steps import administrator, family


@pytest.fixture
def form_type(rochebelle):
    return ProofType.objects.create(
        code="situation",
        name="Situation professionnelle",
        kind=ProofKind.FORM,
        validity=ProofValidity.UNLIMITED,
    )


@pytest.fixture
def desk(rochebelle):
    return administrator(rochebelle)


def rows(*questions):
    """Return what the page sends for these questions."""
    sent = {"form-TOTAL_FORMS": str(len(questions)), "form-INITIAL_FORMS": "0"}
    for index, question in enumerate(questions):
        row = {"kind": "short", "is_mandatory": "on"} | question
        sent |= {f"form-{index}-{key}": value for key, value in row.items()}
    return sent


def address(form_type):
    return f"/admin/proof-forms/{form_type.public_id}/questions/"


def test_questions_are_kept_in_the_order_of_their_numbers(rochebelle, desk, form_type):
    answer = desk.post(
        address(form_type),
        rows(
            {"label": "Qui vous emploie ?", "position": "20"},
            {"label": "Travaillez-vous ?", "kind": "yes_no", "position": "10"},
            {"label": ""},
        ),
    )

    assert answer.status_code == 302
    with tenant_context(rochebelle):
        form_type.refresh_from_db()
        codes = [each["code"] for each in form_type.questions]
        assert codes == ["travaillez-vous", "qui-vous-emploie"]
        assert Entry.objects.filter(action="proof form changed").count() == 1


def test_a_question_may_depend_on_one_saved_before(rochebelle, desk, form_type):
    first = {"label": "Travaillez-vous ?", "kind": "yes_no", "code": "works"}
    desk.post(address(form_type), rows(first))

    answer = desk.post(
        address(form_type),
        rows(
            first | {"position": "1"},
            {"label": "Où ?", "only_if": "works", "answer": "Oui", "position": "2"},
        ),
    )

    assert answer.status_code == 302
    with tenant_context(rochebelle):
        form_type.refresh_from_db()
        assert form_type.questions[1]["only_if"] == {"question": "works", "is": "yes"}


def test_what_is_wrong_is_said_beside_its_question(rochebelle, desk, form_type):
    answer = desk.post(
        address(form_type),
        rows(
            {"label": "Votre religion ?"},
            {"label": "Quelle formule ?", "kind": "choice", "options": "Une seule"},
        ),
    )

    errors = [form.errors for form in answer.context["rows"].forms]
    assert answer.status_code == 200
    assert list(errors[0]) == ["label"]
    assert list(errors[1]) == ["options"]
    with tenant_context(rochebelle):
        form_type.refresh_from_db()
        assert form_type.questions == []


def test_an_answer_that_decides_of_a_proof_is_not_taken_away(
    rochebelle, desk, form_type
):
    kept = {"label": "Travaillez-vous ?", "kind": "yes_no", "code": "works"}
    desk.post(address(form_type), rows(kept))
    with tenant_context(rochebelle):
        Requirement.objects.create(
            service=Service.objects.get(code="cantine"),
            proof_type=ProofType.objects.create(
                code="contrat", name="Contrat", validity=ProofValidity.UNLIMITED
            ),
            only_if_proof=form_type,
            only_if_question="works",
            only_if_answer="yes",
        )

    answer = desk.post(address(form_type), rows(kept | {"kind": "short"}))

    assert answer.status_code == 200
    with tenant_context(rochebelle):
        form_type.refresh_from_db()
        assert form_type.questions[0]["kind"] == "yes_no"


def test_the_preview_shows_the_page_of_the_family(rochebelle, desk, form_type):
    desk.post(address(form_type), rows({"label": "Qui vous emploie ?"}))

    page = desk.get(f"/admin/proof-forms/{form_type.public_id}/preview/")

    assert page.status_code == 200
    assert "Qui vous emploie ?" in page.text
    assert "<form" not in page.text.split("<main")[1].split("</main")[0]


def test_nobody_else_builds_forms(rochebelle, form_type):
    assert family(rochebelle).get(address(form_type)).status_code == 404
