"""Mandates signed in the portal count as proofs of their type, from that very day.

Who keeps the mandates tells of a signature, and of its end; nobody reviews either.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from families.domain.validity import Validity, end_of_validity
from families.enums import ProofKind, ProofStatus, ProofSubject
from families.models import Household, Proof, ProofType
from families.services.proofs import end_former
from foundation.accounts.models import Account
from foundation.journal.services import record


def signed_types() -> QuerySet[ProofType]:
    """Return the types that a signed mandate proves."""
    return ProofType.objects.filter(
        kind=ProofKind.MANDATE, subject=ProofSubject.HOUSEHOLD
    )


@transaction.atomic
def accept_signed(
    *, household: Household, account: Account, signed_on: date, now: datetime
) -> list[Proof]:
    """Give a household the proofs that its signature is; those it has stay as they are.

    `signed_on` is the day on the town's calendar.
    """
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    have = Proof.objects.filter(household=household).valid(on=signed_on)
    lacking = signed_types().exclude(pk__in=have.values("proof_type"))
    return [
        _accept(proof_type, household, account, signed_on, now)
        for proof_type in lacking
    ]


@transaction.atomic
def end_signed(*, household: Household, on: date, actor: Account | None) -> None:
    """End the proofs of a mandate that is over: days before keep what they had."""
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    running = Proof.objects.filter(
        household=household,
        proof_type__kind=ProofKind.MANDATE,
        status=ProofStatus.ACCEPTED,
    ).exclude(valid_until__lte=on)
    for proof in running:
        if proof.valid_from is not None and proof.valid_from >= on:
            proof.status = ProofStatus.WITHDRAWN
        else:
            proof.valid_until = on
        proof.save(update_fields=["status", "valid_until"])
        record(actor=actor, action="proof withdrawn", target=proof)


def _accept(
    proof_type: ProofType,
    household: Household,
    account: Account,
    signed_on: date,
    now: datetime,
) -> Proof:
    proof = Proof.objects.create(
        proof_type=proof_type,
        household=household,
        submitted_by=account,
        submitted_at=now,
        reviewed_at=now,
        status=ProofStatus.ACCEPTED,
        valid_from=signed_on,
        valid_until=end_of_validity(
            signed_on,
            Validity(proof_type.validity),
            months=proof_type.validity_months,
            fixed=proof_type.valid_until,
        ),
    )
    end_former(proof)
    record(
        actor=account,
        action="proof accepted",
        target=proof,
        new={"from": proof.valid_from, "until": proof.valid_until, "signed": True},
    )
    return proof
