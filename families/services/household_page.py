"""What the page of a household says of its children, and of what was proven."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from families.domain.home import Line
from families.models import (
    Child,
    Household,
    QuotientRecord,
    RegimeRecord,
    ResidenceRecord,
)
from families.queries import children_of, custody_of
from families.queries.sharing import SharedWith, care_plans_on, shared_with
from foundation.days import date_format
from foundation.periods import ONE_DAY


@dataclass(frozen=True, slots=True)
class ChildLine:
    """One child, as far as this household may know."""

    child: Child
    sees_file: bool
    notes: tuple[str, ...]
    is_shared: bool


@dataclass(frozen=True, slots=True)
class StandingLines:
    """What is proven today and later, then what was proven earlier."""

    quotients: tuple[Line, ...]
    residences: tuple[Line, ...]
    regimes: tuple[Line, ...]


def children_lines(household: Household, *, today: date) -> list[ChildLine]:
    """Describe the children, in five queries."""
    children = list(children_of(household))
    ids = [child.pk for child in children]
    others, plans = shared_with(household, ids), care_plans_on(ids, day=today)
    custody = custody_of(ids, [today])
    lines = []
    for child in children:
        notes = [_shared(each) for each in others.get(child.pk, [])]
        with_whom = custody.decided_on(child.pk, today)
        if notes and with_whom is not None:
            notes.append(_today(with_whom, household, others[child.pk]))
        if child.pk in plans:
            notes.append(_plan(*plans[child.pk], household))
        sees_file = child.sees_file
        shared = child.pk in others
        lines.append(ChildLine(child, sees_file, tuple(notes), shared))
    return lines


def standing_lines(household: Household, *, today: date) -> StandingLines:
    """Describe quotients, residences, regimes, the latest first, in three queries."""
    quotients = QuotientRecord.objects.filter(household=household).order_by("-from_on")
    residences = ResidenceRecord.objects.filter(household=household)
    return StandingLines(
        quotients=tuple(
            _fact(each, _quotient(each), today) for each in _known(quotients)
        ),
        residences=tuple(
            _fact(each, str(each.get_status_display()), today)
            for each in _known(residences.order_by("-from_on"))
        ),
        regimes=tuple(
            _fact(each, _regime(each), today)
            for each in RegimeRecord.objects.filter(household=household).order_by(
                "-from_on"
            )
        ),
    )


def _known(records: Any) -> Iterable[Any]:
    """Read with the proof's type, which says where a fact comes from."""
    return records.select_related("proof__proof_type")  # type: ignore[no-any-return] # Two kinds of records.


def _quotient(each: QuotientRecord) -> str:
    value = number_format(each.value, use_l10n=True).rstrip("0").rstrip(",.")
    return _("Quotient %(value)s") % {"value": value}


def _regime(each: RegimeRecord) -> str:
    payer = {"payer": each.get_regime_display()}
    return _("Family allowances: %(payer)s") % payer


def _fact(each: Any, text: str, today: date) -> Line:
    proof = getattr(each, "proof", None)
    source = each.source or (proof.proof_type.name if proof else "")
    period = _period(each.from_on, each.until_on)
    if each.from_on > today:
        status, tone = _("To come"), "pending"
    elif each.until_on is not None and each.until_on <= today:
        status, tone = _("Earlier"), "neutral"
    else:
        status, tone = _("Today"), "success"
    meta = " · ".join(part for part in (period, source) if part)
    return Line(text, meta=meta, status=status, tone=tone)


def _period(start: date, until: date | None) -> str:
    first = date_format(start, "DATE_FORMAT")
    if until is None:
        return _("since %(first)s") % {"first": first}
    last = date_format(until - ONE_DAY, "DATE_FORMAT")
    return _("from %(first)s to %(last)s") % {"first": first, "last": last}


def _shared(other: SharedWith) -> str:
    return _("Shared with the household of %(name)s") % {"name": other.name}


def _today(with_whom: int, household: Household, others: list[SharedWith]) -> str:
    if with_whom == household.pk:
        return _("Today: with you")
    name = next((each.name for each in others if each.household_id == with_whom), "")
    return _("Today: with %(name)s") % {"name": name}


def _plan(until: date | None, giver: int, household: Household) -> str:
    if until is None:
        text = _("Care plan (PAI) in force")
    else:
        last = date_format(until - ONE_DAY, "DATE_FORMAT")
        text = _("Care plan (PAI) in force until %(day)s") % {"day": last}
    if giver == household.pk:
        return text
    return _("%(plan)s, handed in by the other household") % {"plan": text}
