"""Try a version of a tariff on the places of a past period.

The places keep the facts of their day: the same tariff gives the same prices, to the
cent. Ceilings, aids and taxes come after prices and are left out of both sides.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices import (
    PriceContext,
    PriceError,
    Tariff,
    parse_tariff,
    price_for,
)
from catalog.models import TariffVersion
from catalog.services.price_wording import explain_price_error
from enrolment.domain.what_if import Household, compare
from enrolment.models import TariffReplay
from enrolment.queries.replays import Paid, paid_places, who_paid
from enrolment.signals import replay_asked
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record
from foundation.periods import Period

#: Every fact that a price may be made from.
ALL_FACTS = frozenset(PriceContext.__dataclass_fields__)
#: Nothing is kept of reasons beyond these many different ones.
MOST_REASONS = 10


class EndlessPeriodError(DomainError):
    """A trial is of some days."""

    def __init__(self) -> None:
        super().__init__(_("Say until which day."))


@dataclass(slots=True)
class _Sums:
    """What one household paid and would pay, for what has a price."""

    places: int = 0
    before: int = 0
    after: int = 0


@dataclass(slots=True)
class _Tally:
    """Everything priced so far."""

    households: dict[int, _Sums] = field(default_factory=dict)
    unpriced: int = 0
    unpriced_minor: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


@transaction.atomic
def ask_replay(
    *, version: TariffVersion, period: Period, actor: Account, now: datetime
) -> TariffReplay:
    """Ask the worker for a trial; one that is already waiting is returned instead.

    Raises EndlessPeriodError without a last day, ConfigurationError for rules that
    cannot be read.
    """
    if period.until is None:
        raise EndlessPeriodError
    tariff = parse_tariff(version.rules)
    asked = {
        "version": version,
        "from_on": period.start,
        "until_on": period.until,
        "rules_hash": tariff.fingerprint,
        "asked_by": actor,
    }
    waiting = TariffReplay.objects.filter(done_at=None, **asked).first()
    if waiting is not None:
        return waiting
    replay = TariffReplay.objects.create(asked_at=now, **asked)
    days = {"from": period.start, "until": period.until}
    record(actor=actor, action="tariff tried on the past", target=version, new=days)
    replay_asked.send(sender=None, replay_id=replay.pk)
    return replay


def work_out(replay: TariffReplay, *, now: datetime) -> None:
    """Price the places again, and keep the sums. Doing it twice changes nothing."""
    if replay.done_at is not None:
        return
    tariff = parse_tariff(replay.version.rules)
    replay.rules_hash = tariff.fingerprint
    tally = _price(replay, tariff)
    households = [
        Household(
            places=sums.places,
            before=sums.before,
            after=sums.after,
            quotient=who.quotient,
            residence=who.residence,
            children=who.children,
            guardians=who.guardians,
        )
        for who in who_paid(replay)
        if (sums := tally.households.get(who.household_id)) is not None
    ]
    replay.result = {
        "currency": tariff.currency,
        **compare(households).to_data(),
        "unpriced": tally.unpriced,
        "unpriced_minor": tally.unpriced_minor,
        "reasons": dict(tally.reasons.most_common(MOST_REASONS)),
    }
    replay.done_at = now
    replay.save(update_fields=["rules_hash", "result", "done_at"])


def _price(replay: TariffReplay, tariff: Tariff) -> _Tally:
    tally = _Tally()
    known: dict[str, int | PriceError] = {}
    # The database tells apart only the facts that this tariff looks at.
    for paid in paid_places(replay, left_out=ALL_FACTS.difference(tariff.facts)):
        if paid.inputs not in known:
            known[paid.inputs] = _again(tariff, paid.inputs, replay.from_on)
        _add(tally, paid, known[paid.inputs])
    return tally


def _add(tally: _Tally, paid: Paid, price: int | PriceError) -> None:
    if isinstance(price, PriceError):
        tally.unpriced += paid.places
        tally.unpriced_minor += paid.paid
        tally.reasons[str(explain_price_error(price))] += paid.places
        return
    sums = tally.households.setdefault(paid.household_id, _Sums())
    sums.places += paid.places
    sums.before += paid.paid
    sums.after += price * paid.places


def _again(tariff: Tariff, inputs: str, day: date) -> int | PriceError:
    """Price stored facts; `day` stands for a day the tariff does not look at."""
    facts: dict[str, Any] = {"day": day.isoformat(), **json.loads(inputs)}
    try:
        return price_for(tariff, PriceContext.from_data(facts)).minor
    except PriceError as error:
        return error
