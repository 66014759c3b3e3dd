"""The proofs a request asks for, and what the family has for each of them.

An open request is read with today's proofs: one handed in for another service counts
at once. A decided request shows the proofs it was decided on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from catalog.models import Requirement
from enrolment.enums import OPEN_REQUESTS, NeedState
from enrolment.models import AccessRequest
from families.enums import ProofStatus, ProofSubject
from families.models import Proof, ProofType
from families.services.proof_answers import answers_of


@dataclass(frozen=True, slots=True)
class Need:
    """One proof asked for; `proof` is the best the family has, whatever its state."""

    requirement: Requirement
    proof: Proof | None
    state: NeedState

    @property
    def proof_type(self) -> ProofType:
        """What is asked for."""
        return self.requirement.proof_type

    @property
    def is_met(self) -> bool:
        """True when something is handed in that was not refused and still counts."""
        return self.state in {NeedState.WAITING, NeedState.VALID}

    @property
    def blocks(self) -> bool:
        """True when the request cannot be sent without it."""
        return self.requirement.is_mandatory and not self.is_met


def needs_of(request: AccessRequest, *, on: date) -> list[Need]:
    """Return what a request asks for, compulsory proofs first, in three queries.

    What is asked only on an answer of a form follows the form that the family has.
    """
    candidates = _requirements(request)
    is_open = request.status in OPEN_REQUESTS
    proofs = _held(request, candidates) if is_open else _decided_on(request)
    answers = _answers(candidates, proofs, on)
    kept: dict[int, Requirement] = {}
    for each in candidates:
        if _applies(each, answers):
            kept.setdefault(each.proof_type_id, each)
    return [_need(each, proofs, on) for each in kept.values()]


def missing_of(needs: Iterable[Need]) -> list[Need]:
    """Return the compulsory proofs that are not there."""
    return [need for need in needs if need.blocks]


def state_of(proof: Proof | None, *, on: date) -> NeedState:
    """Return where a proof stands on a day."""
    if proof is None:
        return NeedState.MISSING
    if proof.status == ProofStatus.SUBMITTED:
        return NeedState.WAITING
    if proof.status == ProofStatus.REFUSED:
        return NeedState.REFUSED
    if proof.status != ProofStatus.ACCEPTED:
        return NeedState.MISSING
    over = proof.valid_until is not None and proof.valid_until <= on
    return NeedState.EXPIRED if over else NeedState.VALID


def _requirements(request: AccessRequest) -> list[Requirement]:
    """Return what may be asked, compulsory first: it wins over an optional one."""
    return list(
        Requirement.objects.filter(
            Q(situation=None) | Q(situation=request.situation_id),
            service=request.service_id,
        )
        .select_related("proof_type")
        .order_by("-is_mandatory", "position", "id")
    )


def _answers(
    candidates: list[Requirement], proofs: list[Proof], on: date
) -> dict[int, dict[str, str]]:
    """Return the answers of the forms that conditions name, by type and question."""
    named = {each.only_if_proof_id for each in candidates} - {None}
    found: dict[int, dict[str, str]] = {}
    for each in candidates:
        if each.proof_type_id in named:
            need = _need(each, proofs, on)
            answered = answers_of(need.proof) if need.proof and need.is_met else ()
            found[each.proof_type_id] = {one.code: one.answer for one in answered}
    return found


def _applies(requirement: Requirement, answers: dict[int, dict[str, str]]) -> bool:
    if requirement.only_if_proof_id is None:
        return True
    given = answers.get(requirement.only_if_proof_id, {})
    return given.get(requirement.only_if_question) == requirement.only_if_answer


def _held(request: AccessRequest, asked: list[Requirement]) -> list[Proof]:
    """Return the household's proofs of these types, the newest first."""
    return list(
        Proof.objects.filter(
            Q(child=None) | Q(child=request.child_id),
            Q(person=None) | Q(person__guardianships__household=request.household_id),
            household=request.household_id,
            proof_type__in=[each.proof_type_id for each in asked],
        )
        .shown()
        .select_related("proof_type", "person")
        .prefetch_related("documents")
        .order_by("-submitted_at", "-id")
    )


def _decided_on(request: AccessRequest) -> list[Proof]:
    return list(
        Proof.objects.filter(requests__request=request)
        .select_related("proof_type", "person")
        .prefetch_related("documents")
    )


def _need(requirement: Requirement, proofs: list[Proof], on: date) -> Need:
    subject = requirement.proof_type.subject
    given = [
        proof
        for proof in proofs
        if proof.proof_type_id == requirement.proof_type_id
        and (proof.child_id is not None) == (subject == ProofSubject.CHILD)
        and (proof.person_id is not None) == (subject == ProofSubject.ADULT)
    ]
    best = min(given, key=lambda proof: _rank(state_of(proof, on=on)), default=None)
    return Need(requirement, best, state_of(best, on=on))


def _rank(state: NeedState) -> int:
    """Put what waits for a decision first, then what counts, then the rest.

    `min` keeps the first of equals: the newest proof.
    """
    return {NeedState.WAITING: 0, NeedState.VALID: 1}.get(state, 2)
