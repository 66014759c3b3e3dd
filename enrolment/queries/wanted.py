"""The compulsory proofs that services ask of a household, for its file."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from catalog.models import Requirement
from enrolment.enums import OPEN_REQUESTS
from enrolment.models import Access, AccessRequest
from families.domain.my_file import Wanted
from families.enums import ProofSubject
from families.models import Household, Proof
from families.services.proof_answers import answers_of


def wanted_by_services(household: Household, *, on: date) -> list[Wanted]:
    """Return what open requests and current accesses ask for: four queries."""
    asked = [*_asked_in(household), *_accepted_in(household, on=on)]
    requirements = list(
        Requirement.objects.filter(
            service__in={service for service, _situation, _child in asked},
            is_mandatory=True,
        )
        .select_related("proof_type", "service")
        .order_by("service__position", "position", "id")
    )
    answers = _answers(household, requirements)
    return [
        Wanted(
            proof_type_id=each.proof_type_id,
            child_id=child if each.proof_type.subject == ProofSubject.CHILD else None,
            by=each.service.name,
        )
        for service, situation, child in asked
        for each in requirements
        if each.service_id == service
        and each.situation_id in {None, situation}
        and _applies(each, answers, child)
    ]


#: Service, situation, child.
Asked = tuple[int, int | None, int]


def _asked_in(household: Household) -> Iterable[Asked]:
    return AccessRequest.objects.filter(
        household=household, status__in=OPEN_REQUESTS
    ).values_list("service_id", "situation_id", "child_id")


def _accepted_in(household: Household, *, on: date) -> Iterable[Asked]:
    return (
        Access.objects.filter(household=household)
        .filter(Q(until_on=None) | Q(until_on__gt=on))
        .values_list("service_id", "situation_id", "child_id")
    )


def _answers(
    household: Household, requirements: list[Requirement]
) -> dict[tuple[int, int | None], dict[str, str]]:
    """Return the last answers of the forms that conditions name, by type and child."""
    named = {each.only_if_proof_id for each in requirements} - {None}
    given = (
        Proof.objects.filter(household=household, proof_type__in=named)
        .current()
        .select_related("proof_type")
        .order_by("submitted_at", "id")
    )
    return {
        (proof.proof_type_id, proof.child_id): {
            each.code: each.answer for each in answers_of(proof)
        }
        for proof in given
    }


def _applies(
    requirement: Requirement,
    answers: dict[tuple[int, int | None], dict[str, str]],
    child: int,
) -> bool:
    form = requirement.only_if_proof_id
    if form is None:
        return True
    given = answers.get((form, None)) or answers.get((form, child)) or {}
    return given.get(requirement.only_if_question) == requirement.only_if_answer
