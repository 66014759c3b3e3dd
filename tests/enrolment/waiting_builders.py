"""A crèche for tests: its waiting list, and the file that comes after."""

from datetime import datetime

from catalog.models import Requirement, Service, Situation
from enrolment.models import AccessRequest
from enrolment.services.accepting import say_yes
from enrolment.services.request_proofs import Given, give_proof
from enrolment.services.requests import (
    choose_situation,
    open_request,
    submit_request,
)
from families.enums import ProofKind, ProofSubject, ProofValidity
from families.models import ProofType
from families.services.proofs import accept_proof
from foundation.accounts.models import Account
from tenants.townhall.models import Department
from tests.families.builders import NOW, TODAY, Family

QUESTIONS = [
    {"code": "depuis", "label": "À partir de quand ?", "kind": "date"},
    {"code": "jours", "label": "Quels jours ?", "kind": "short"},
]


def make_creche(**more: object) -> Service:
    """Create a waiting list with a form, and points for two working parents."""
    department = Department.objects.order_by("pk")[0]
    creche = Service.objects.create(
        code="creche-liste",
        name="Liste d'attente crèche",
        department=department,
        keeps_waiting_list=True,
        is_published=True,
        **more,
    )
    Situation.objects.create(service=creche, code="un", name="Un parent travaille")
    Situation.objects.create(
        service=creche, code="deux", name="Les deux travaillent", points=10, position=1
    )
    wishes = ProofType.objects.create(
        code="besoin",
        name="Besoin d'accueil",
        kind=ProofKind.FORM,
        subject=ProofSubject.CHILD,
        validity=ProofValidity.UNLIMITED,
        questions=QUESTIONS,
    )
    Requirement.objects.create(service=creche, proof_type=wishes)
    return creche


def make_file(creche: Service) -> Service:
    """Create the step that comes after the list."""
    return Service.objects.create(
        code="creche-dossier",
        name="Dossier crèche",
        department=creche.department,
        comes_after=creche,
        is_published=True,
    )


def ask_for_place(
    family: Family,
    creche: Service,
    *,
    situation: str = "un",
    at: datetime = NOW,
    child: int = 0,
) -> AccessRequest:
    """Send a request to be on the list."""
    request = open_request(
        household=family.household,
        child=family.children[child],
        service=creche,
        actor=family.account,
        now=at,
        today=TODAY,
    )
    choose_situation(
        request=request,
        situation=creche.situations.get(code=situation),
        actor=family.account,
    )
    give_proof(
        request=request,
        requirement=creche.requirements.get(),
        given=Given(answers={"depuis": "2027-09-01", "jours": "Lundi et mardi"}),
        actor=family.account,
        now=at,
    )
    return submit_request(
        request=request,
        is_certified=True,
        actor=family.account,
        now=at,
        today=TODAY,
    )


def put_on_list(request: AccessRequest, clerk: Account) -> AccessRequest:
    """Accept what was answered, then the request: it is on the list."""
    for link in request.requested_proofs.select_related("proof__proof_type"):
        accept_proof(proof=link.proof, reviewer=clerk, valid_from=TODAY, now=NOW)
    say_yes(request=request, days=None, reviewer=clerk, now=NOW, today=TODAY)
    request.refresh_from_db()
    return request
