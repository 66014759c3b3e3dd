"""The proofs of a request: handed in for it, and noted on it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.models import Requirement
from enrolment.enums import OPEN_REQUESTS
from enrolment.models import AccessRequest, RequestedProof
from enrolment.queries.needs import Need, missing_of
from enrolment.services.request_errors import MissingProofsError, RequestClosedError
from families.enums import ProofStatus, ProofSubject
from families.models import Proof, ProofType
from families.services.documents import add_documents
from families.services.proof_values import Given
from families.services.proofs import submit_proof, withdraw_proof
from foundation.accounts.models import Account

__all__ = [
    "Given",
    "attach",
    "attach_all",
    "give_proof",
    "lock_request",
    "withdraw_lonely_proofs",
]


@transaction.atomic
def give_proof(
    *,
    request: AccessRequest,
    requirement: Requirement,
    given: Given,
    actor: Account,
    now: datetime,
) -> Proof:
    """Hand in a proof for a request; more files complete the proof that waits.

    A text, an IBAN or a form replaces the one that waits. Raises RequestClosedError
    and the errors of `families.services.proofs.submit_proof`.
    """
    request = lock_request(request, OPEN_REQUESTS)
    waiting = _find_waiting(request, requirement.proof_type, given)
    if waiting is not None and given.files:
        add_documents(proof=waiting, files=given.files, actor=actor)
        proof = waiting
    else:
        proof = submit_proof(
            household=request.household,
            proof_type=requirement.proof_type,
            submitted_by=actor,
            now=now,
            files=given.files,
            value=given.value,
            answers=given.answers,
            **_about(request, requirement.proof_type, given),
        )
    attach(request, requirement, proof)
    return proof


def _about(
    request: AccessRequest, proof_type: ProofType, given: Given
) -> dict[str, Any]:
    """Return whom the proof is about: the child of the request, or the adult named."""
    subject = proof_type.subject
    return {
        "child": request.child if subject == ProofSubject.CHILD else None,
        "person": given.person if subject == ProofSubject.ADULT else None,
    }


def _find_waiting(
    request: AccessRequest, proof_type: ProofType, given: Given
) -> Proof | None:
    return Proof.objects.filter(
        proof_type=proof_type,
        household_id=request.household_id,
        status=ProofStatus.SUBMITTED,
        **_about(request, proof_type, given),
    ).first()


def attach_all(request: AccessRequest, needs: Sequence[Need]) -> None:
    """Note the proofs the request is sent with; refuse while a compulsory one lacks."""
    missing = missing_of(needs)
    if missing:
        raise MissingProofsError([str(need.proof_type) for need in missing])
    for need in needs:
        if need.proof is not None and need.is_met:
            attach(request, need.requirement, need.proof)


def attach(request: AccessRequest, requirement: Requirement, proof: Proof) -> None:
    """Note the proof given; other open requests follow a proof that was replaced."""
    RequestedProof.objects.update_or_create(
        request=request, requirement=requirement, defaults={"proof": proof}
    )
    RequestedProof.objects.filter(
        request__status__in=OPEN_REQUESTS,
        proof__in=Proof.objects.of_same_kind(proof).filter(status=ProofStatus.REPLACED),
    ).update(proof=proof)


def withdraw_lonely_proofs(request: AccessRequest, actor: Account) -> None:
    """Take back the waiting proofs that no other open request needs."""
    waiting = Proof.objects.filter(
        requests__request=request, status=ProofStatus.SUBMITTED
    )
    for proof in waiting:
        others = proof.requests.filter(request__status__in=OPEN_REQUESTS).exclude(
            request=request
        )
        if not others.exists():
            withdraw_proof(proof=proof, actor=actor)


def lock_request(request: AccessRequest, statuses: Sequence[str]) -> AccessRequest:
    """Lock a request in one of these states. Raises RequestClosedError."""
    locked = (
        AccessRequest.objects.select_for_update(of=("self",))
        .select_related("household", "child", "service__department", "situation")
        .filter(pk=request.pk)
        .first()
    )
    if locked is None or locked.status not in statuses:
        raise RequestClosedError
    return locked
