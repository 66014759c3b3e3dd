"""Asking for a service: a family writes a request, hands in proofs, sends it.

Each step is kept as soon as it is answered. A request is sent once, whatever the
number of clicks, and never without its compulsory proofs.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from catalog.models import Requirement, Service, Situation
from enrolment.domain.access import may_renew
from enrolment.domain.references import NUMBERS, reference
from enrolment.enums import OPEN_REQUESTS, WRITABLE_REQUESTS, RequestStatus
from enrolment.models import AccessRequest, RequestedProof
from enrolment.queries.needs import missing_of, needs_of
from enrolment.queries.requests import find_latest_access
from enrolment.services.request_errors import (
    AlreadyAcceptedError,
    AlreadyAskedError,
    MissingProofsError,
    NotAskedForError,
    NotCertifiedError,
    NotYourChildError,
    RequestClosedError,
    RequestsNotOpenError,
    WrongSituationError,
)
from enrolment.services.request_letters import send_received
from families.enums import ProofStatus, ProofSubject
from families.models import Child, Household, Proof
from families.services.documents import add_documents
from families.services.proofs import submit_proof, withdraw_proof
from foundation.accounts.models import Account
from foundation.journal.services import record
from foundation.uploads.cleaning import CleanFile


@dataclass(frozen=True, slots=True)
class Given:
    """What a family hands in for one requirement: clean files, or a text."""

    files: Sequence[CleanFile] = ()
    value: str = ""


@transaction.atomic
def open_request(
    *,
    household: Household,
    child: Child,
    service: Service,
    actor: Account,
    now: datetime,
    today: date,
) -> AccessRequest:
    """Start a request, or find again the draft that was started before.

    Raises NotAskedForError, NotYourChildError, RequestsNotOpenError,
    AlreadyAskedError (which holds the request), AlreadyAcceptedError.
    """
    # Two tabs of one family wait for each other here.
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    _check_may_ask(household, child, service, now=now)
    known = AccessRequest.objects.filter(
        household=household, child=child, service=service, status__in=OPEN_REQUESTS
    ).first()
    if known is not None and known.status == RequestStatus.DRAFT:
        return known
    if known is not None:
        raise AlreadyAskedError(known)
    access = find_latest_access(
        household=household, child=child, service=service, on=today
    )
    if access is not None and not may_renew(access.until_on, today=today):
        raise AlreadyAcceptedError(access.until_on)
    request = AccessRequest.objects.create(
        tracking_number=reference(secrets.randbelow(NUMBERS)),
        household=household,
        child=child,
        service=service,
        submitted_by=actor,
    )
    record(
        actor=actor,
        action="request opened",
        target=request,
        new={"child": str(child.public_id), "service": service.code},
    )
    return request


@transaction.atomic
def choose_situation(
    *, request: AccessRequest, situation: Situation, actor: Account
) -> None:
    """Keep the situation of the family, on which proofs and price depend.

    Raises RequestClosedError, WrongSituationError.
    """
    request = _lock(request, WRITABLE_REQUESTS)
    if situation.service_id != request.service_id:
        raise WrongSituationError
    if request.situation_id == situation.pk:
        return
    old = request.situation.code if request.situation else ""
    request.situation = situation
    request.save(update_fields=["situation"])
    record(
        actor=actor,
        action="situation chosen",
        target=request,
        old={"situation": old},
        new={"situation": situation.code},
    )


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

    A text or an IBAN replaces the one that waits. Raises RequestClosedError and the
    errors of `families.services.proofs.submit_proof`.
    """
    request = _lock(request, OPEN_REQUESTS)
    proof_type = requirement.proof_type
    child = request.child if proof_type.subject == ProofSubject.CHILD else None
    waiting = Proof.objects.filter(
        proof_type=proof_type,
        household_id=request.household_id,
        child=child,
        status=ProofStatus.SUBMITTED,
    ).first()
    if waiting is not None and given.files:
        add_documents(proof=waiting, files=given.files, actor=actor)
        proof = waiting
    else:
        proof = submit_proof(
            household=request.household,
            child=child,
            proof_type=proof_type,
            submitted_by=actor,
            now=now,
            files=given.files,
            value=given.value,
        )
    _attach(request, requirement, proof)
    return proof


@transaction.atomic
def submit_request(
    *,
    request: AccessRequest,
    is_certified: bool,
    actor: Account,
    now: datetime,
    today: date,
) -> AccessRequest:
    """Send a request to the town; one sent already is returned unchanged.

    A completed request keeps its place in the queue. Raises RequestClosedError,
    WrongSituationError, MissingProofsError, NotCertifiedError.
    """
    request = _lock(request, OPEN_REQUESTS)
    if request.status == RequestStatus.SUBMITTED:
        return request
    if request.situation is None and request.service.situations.exists():
        raise WrongSituationError
    needs = needs_of(request, on=today)
    missing = missing_of(needs)
    if missing:
        raise MissingProofsError([str(need.proof_type) for need in missing])
    if not is_certified:
        raise NotCertifiedError
    for need in needs:
        if need.proof is not None and need.is_met:
            _attach(request, need.requirement, need.proof)
    was = request.status
    request.status = RequestStatus.SUBMITTED
    request.submitted_by = actor
    request.submitted_at = request.submitted_at or now
    request.decided_by = request.decided_at = None
    request.reason = ""
    request.save()
    completed = was == RequestStatus.TO_COMPLETE
    record(
        actor=actor,
        action="request completed" if completed else "request submitted",
        target=request,
        old={"status": was},
        new={"status": request.status, "certified": True},
    )
    send_received(request, completed=completed)
    return request


@transaction.atomic
def withdraw_request(*, request: AccessRequest, actor: Account) -> None:
    """Take a request back; a draft disappears, with the proofs given for it alone.

    Done twice, it changes nothing more. Raises RequestClosedError.
    """
    request = _lock(request, [*OPEN_REQUESTS, RequestStatus.WITHDRAWN])
    if request.status == RequestStatus.WITHDRAWN:
        return
    _withdraw_lonely_proofs(request, actor)
    was = request.status
    request.status = RequestStatus.WITHDRAWN
    record(
        actor=actor,
        action="request withdrawn",
        target=request,
        old={"status": was},
        new={"status": request.status},
    )
    if was == RequestStatus.DRAFT:
        request.delete()
    else:
        request.save(update_fields=["status"])


def _check_may_ask(
    household: Household, child: Child, service: Service, *, now: datetime
) -> None:
    if not (service.is_published and service.requires_access):
        raise NotAskedForError
    if not Child.objects.of(household).filter(pk=child.pk).exists():
        raise NotYourChildError
    if service.requests_open_at is not None and now < service.requests_open_at:
        raise RequestsNotOpenError(service.requests_open_at)


def _attach(request: AccessRequest, requirement: Requirement, proof: Proof) -> None:
    """Note the proof given; other open requests follow a proof that was replaced."""
    RequestedProof.objects.update_or_create(
        request=request, requirement=requirement, defaults={"proof": proof}
    )
    RequestedProof.objects.filter(
        request__status__in=OPEN_REQUESTS,
        proof__in=Proof.objects.of_same_kind(proof).filter(status=ProofStatus.REPLACED),
    ).update(proof=proof)


def _withdraw_lonely_proofs(request: AccessRequest, actor: Account) -> None:
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


def _lock(request: AccessRequest, statuses: Sequence[str]) -> AccessRequest:
    locked = (
        AccessRequest.objects.select_for_update(of=("self",))
        .select_related("household", "child", "service__department", "situation")
        .filter(pk=request.pk)
        .first()
    )
    if locked is None or locked.status not in statuses:
        raise RequestClosedError
    return locked
