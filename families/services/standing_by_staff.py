"""Quotients, residences and regimes that clerks write, without a proof online.

Today's and later days are written freely; a past day only as a correction, with its
reason. A price already asked keeps its own trace: nothing is billed again from here.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import transaction

from families.enums import QuotientKind, Regime, Residence
from families.models import (
    Household,
    QuotientRecord,
    RegimeRecord,
    ResidenceRecord,
)
from families.services.household_errors import (
    EndBeforeStartError,
    PastDayError,
    ReasonNeededError,
    SameFactError,
)
from families.services.standing_records import write_fact
from foundation.accounts.models import Account
from foundation.journal.services import MASKED, record

Dated: TypeAlias = type[QuotientRecord | ResidenceRecord | RegimeRecord]


@dataclass(frozen=True, slots=True)
class Written:
    """When a fact counts, where it comes from, and why a clerk writes it.

    `until_on` is not included. `is_correction` lets it start in the past.
    """

    from_on: date
    until_on: date | None
    source: str
    reason: str
    today: date
    actor: Account = field(repr=False)
    is_correction: bool = False


@transaction.atomic
def record_quotient(
    *, household: Household, value: Decimal, kind: QuotientKind, written: Written
) -> QuotientRecord:
    """Write a quotient; the one that held before stops on its first day.

    Raises ReasonNeededError, PastDayError, EndBeforeStartError.
    """
    fact = {"value": value, "kind": kind, "source": written.source}
    found: QuotientRecord = _write(QuotientRecord, household, written, fact)
    # Income is nobody's business but the price's.
    _journal("quotient", household, written, {"quotient": MASKED, "kind": kind})
    return found


@transaction.atomic
def record_residence(
    *, household: Household, status: Residence, written: Written
) -> ResidenceRecord:
    """Write a residence; the one that held before stops on its first day.

    Raises ReasonNeededError, PastDayError, EndBeforeStartError.
    """
    fact = {"status": status, "source": written.source}
    found: ResidenceRecord = _write(ResidenceRecord, household, written, fact)
    _journal("residence", household, written, {"residence": status})
    return found


@transaction.atomic
def record_regime(
    *, household: Household, regime: Regime, written: Written
) -> RegimeRecord:
    """Write who pays the family allowances; what held before stops on its first day.

    Raises ReasonNeededError, PastDayError, EndBeforeStartError.
    """
    fact = {"regime": regime, "source": written.source}
    found: RegimeRecord = _write(RegimeRecord, household, written, fact)
    _journal("regime", household, written, {"regime": regime})
    return found


@transaction.atomic
def end_standing(
    *,
    model: Dated,
    household: Household,
    until_on: date,
    reason: str,
    actor: Account,
    today: date,
) -> None:
    """End what holds on a day, from that day on: nothing is known afterwards.

    Raises ReasonNeededError, PastDayError, SameFactError.
    """
    if not reason.strip():
        raise ReasonNeededError
    if until_on < today:
        raise PastDayError
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    records = model._default_manager.filter(household=household)  # noqa: SLF001 - public in practice.
    held = records.on(until_on)
    if not held.exists():
        raise SameFactError
    held.filter(from_on=until_on).delete()
    held.filter(from_on__lt=until_on).update(until_on=until_on)
    record(
        actor=actor,
        action=f"{_word(model)} ended",
        target=household,
        new={"until": until_on},
        reason=reason.strip(),
    )


def _write(
    model: Dated, household: Household, written: Written, fact: dict[str, Any]
) -> Any:
    if not written.reason.strip():
        raise ReasonNeededError
    if written.from_on < written.today and not written.is_correction:
        raise PastDayError
    if written.until_on is not None and written.until_on <= written.from_on:
        raise EndBeforeStartError
    # Two clerks, or a clerk and a proof being accepted, wait for each other here.
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    return write_fact(
        model,
        household_id=household.pk,
        start=written.from_on,
        until=written.until_on,
        **fact,
    )


def _journal(
    word: str, household: Household, written: Written, new: dict[str, object]
) -> None:
    record(
        actor=written.actor,
        action=f"{word} corrected" if written.is_correction else f"{word} written",
        target=household,
        new={
            **new,
            "from": written.from_on,
            "until": written.until_on,
            "source": written.source,
        },
        reason=written.reason.strip(),
    )


def _word(model: Dated) -> str:
    words = {QuotientRecord: "quotient", ResidenceRecord: "residence"}
    return words.get(model, "regime")
