"""The dated facts that accepted proofs establish.

A new fact starts on the proof's first day and closes the former one there. A fact
already dated later stays: the new one ends where it starts. Past days never change.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q, QuerySet

from families.enums import Proves, Residence
from families.models import Household, Proof, QuotientRecord, ResidenceRecord
from families.services.proof_errors import MissingValueError
from foundation.journal.services import MASKED


def establish(
    proof: Proof, *, residence: Residence | None, quotient: Decimal | None
) -> Mapping[str, object]:
    """Write the fact an accepted proof establishes; return what to journal of it.

    `quotient` is a monthly index in the town's currency. Raises MissingValueError.
    """
    # Two clerks who accept two proofs of one family wait for each other here.
    Household.objects.select_for_update(of=("self",)).get(pk=proof.household_id)
    proves = proof.proof_type.proves
    if proves == Proves.RESIDENCE:
        if residence is None:
            raise MissingValueError
        _write(ResidenceRecord, proof, status=residence)
        return {"residence": residence}
    if proves == Proves.QUOTIENT:
        if quotient is None or quotient < 0:
            raise MissingValueError
        _write(QuotientRecord, proof, value=quotient)
        # Income is nobody's business but the price's.
        return {"quotient": MASKED}
    return {}


def write_fact(
    model: type[Model],
    *,
    household_id: int,
    start: date,
    until: date | None,
    **fact: Any,
) -> Any:
    """Write what holds from a day; the household is locked by the caller.

    What held before ends there, and what is written for later days stays.
    """
    records: QuerySet[Any] = model._default_manager.filter(  # noqa: SLF001 - public in practice.
        household_id=household_id
    )
    records.filter(from_on=start).delete()
    records.filter(Q(until_on=None) | Q(until_on__gt=start), from_on__lt=start).update(
        until_on=start
    )
    later = records.filter(from_on__gt=start).order_by("from_on").first()
    if later is not None and (until is None or later.from_on < until):
        until = later.from_on
    return records.create(
        household_id=household_id, from_on=start, until_on=until, **fact
    )


def _write(model: type[Model], proof: Proof, **fact: Any) -> None:
    assert proof.valid_from is not None  # noqa: S101 - an accepted proof has a first day.
    write_fact(
        model,
        household_id=proof.household_id,
        start=proof.valid_from,
        until=proof.valid_until,
        proof=proof,
        **fact,
    )
