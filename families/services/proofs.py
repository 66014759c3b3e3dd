"""Proofs: handed in by families, decided by clerks.

Accepting one writes the dated fact it establishes (see `standing_records`). Nothing a
proof gives is ever given, or taken away, before its own day.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from families.domain.validity import Validity, end_of_validity
from families.enums import ProofStatus, Residence
from families.models import Child, Household, Person, Proof, ProofType
from families.services.documents import keep_document
from families.services.proof_errors import (
    AlreadyOverError,
    AlreadyReviewedError,
    DatedTooEarlyError,
    MissingReasonError,
)
from families.services.proof_values import Given, check_subject, value_kept
from families.services.standing_records import establish
from foundation.accounts.models import Account
from foundation.journal.services import MASKED, record
from foundation.uploads.cleaning import CleanFile
from tenants.queries import current_town


@transaction.atomic
def submit_proof(  # noqa: PLR0913 - each is one answer of the form, named.
    *,
    household: Household,
    proof_type: ProofType,
    submitted_by: Account,
    now: datetime,
    child: Child | None = None,
    person: Person | None = None,
    files: Sequence[CleanFile] = (),
    value: str = "",
    answers: Mapping[str, str] | None = None,
    is_certified: bool = False,
) -> Proof:
    """Hand in a proof; one that waits, or was refused, is replaced by it.

    One that counts already goes on until the new one is accepted. `files` are clean
    (foundation.uploads), `value` is a text, an IBAN or a BIC, `answers` those of a
    form. Raises what `value_kept` and `check_subject` raise.
    """
    given = Given(files, value, answers or {}, child, person)
    check_subject(proof_type, household, child or person)
    kept = value_kept(proof_type, given)
    # Two tabs of one family wait for each other here.
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    Proof.objects.filter(
        proof_type=proof_type,
        household=household,
        child=child,
        person=person,
        status__in=[ProofStatus.SUBMITTED, ProofStatus.REFUSED],
    ).update(status=ProofStatus.REPLACED)
    proof = Proof.objects.create(
        proof_type=proof_type,
        household=household,
        child=child,
        person=person,
        value=kept or None,
        submitted_by=submitted_by,
        submitted_at=now,
    )
    for file in files:
        keep_document(proof=proof, file=file)
    _note_submitted(proof, documents=len(files), is_certified=is_certified)
    return proof


@transaction.atomic
def accept_proof(
    *,
    proof: Proof,
    reviewer: Account,
    valid_from: date,
    now: datetime,
    residence: Residence | None = None,
    quotient: Decimal | None = None,
) -> Proof:
    """Accept a proof from a day, and write what it establishes from that day.

    The end follows from the type. A proof of the same kind accepted before stops
    counting that day. Raises AlreadyReviewedError, DatedTooEarlyError,
    AlreadyOverError, MissingValueError.
    """
    proof = _lock_waiting(proof)
    first = _day_of(proof.submitted_at)
    if valid_from < first:
        raise DatedTooEarlyError(first)
    valid_until = end_of_validity(
        valid_from,
        Validity(proof.proof_type.validity),
        months=proof.proof_type.validity_months,
        fixed=proof.proof_type.valid_until,
    )
    if valid_until is not None and valid_until <= valid_from:
        raise AlreadyOverError
    proof.status = ProofStatus.ACCEPTED
    proof.valid_from, proof.valid_until = valid_from, valid_until
    _sign(proof, reviewer, now)
    end_former(proof)
    facts = establish(proof, residence=residence, quotient=quotient)
    record(
        actor=reviewer,
        action="proof accepted",
        target=proof,
        new={"from": valid_from, "until": valid_until, **facts},
    )
    return proof


@transaction.atomic
def refuse_proof(
    *, proof: Proof, reviewer: Account, reason: str, now: datetime
) -> Proof:
    """Refuse a proof, with the reason the family reads.

    Raises MissingReasonError, AlreadyReviewedError.
    """
    if not reason.strip():
        raise MissingReasonError
    proof = _lock_waiting(proof)
    proof.status = ProofStatus.REFUSED
    proof.refusal_reason = reason.strip()
    _sign(proof, reviewer, now)
    record(actor=reviewer, action="proof refused", target=proof, reason=reason.strip())
    return proof


@transaction.atomic
def withdraw_proof(*, proof: Proof, actor: Account) -> Proof:
    """Take back a proof that still waits. Raises AlreadyReviewedError."""
    proof = _lock_waiting(proof)
    proof.status = ProofStatus.WITHDRAWN
    proof.save(update_fields=["status"])
    record(actor=actor, action="proof withdrawn", target=proof)
    return proof


def _note_submitted(proof: Proof, *, documents: int, is_certified: bool) -> None:
    new: dict[str, object] = {"type": proof.proof_type.code, "documents": documents}
    if proof.value:
        new["value"] = MASKED
    if is_certified:
        new["certified"] = True
    record(actor=proof.submitted_by, action="proof submitted", target=proof, new=new)


def _lock_waiting(proof: Proof) -> Proof:
    locked = (
        Proof.objects.select_for_update(of=("self",))
        .select_related("proof_type", "household")
        .get(pk=proof.pk)
    )
    if locked.status != ProofStatus.SUBMITTED:
        raise AlreadyReviewedError
    return locked


def _sign(proof: Proof, reviewer: Account, now: datetime) -> None:
    proof.reviewed_by = reviewer
    proof.reviewed_at = now
    proof.save()


def end_former(proof: Proof) -> None:
    """Stop the accepted proofs of the same kind on the first day of the new one."""
    former = Proof.objects.of_same_kind(proof).filter(status=ProofStatus.ACCEPTED)
    former.filter(valid_from__gte=proof.valid_from).update(status=ProofStatus.REPLACED)
    former.filter(
        Q(valid_until=None) | Q(valid_until__gt=proof.valid_from),
        valid_from__lt=proof.valid_from,
    ).update(valid_until=proof.valid_from)


def _day_of(instant: datetime) -> date:
    """Return the day on the town's own calendar."""
    return instant.astimezone(ZoneInfo(current_town().time_zone)).date()
