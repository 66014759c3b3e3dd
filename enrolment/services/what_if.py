"""Try a version of a tariff on the places of a past period.

The places keep the facts of their day: the same tariff gives the same prices, to the
cent. Ceilings, aids and taxes come after prices and are left out of both sides.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices import (
    Price,
    PriceContext,
    PriceError,
    Tariff,
    parse_tariff,
    price_each,
    tells_days_apart,
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
    # The database tells apart only the facts that this tariff looks at.
    paid = paid_places(replay, tariff.facts, is_by_weekday=not tells_days_apart(tariff))
    known = dict.fromkeys(each.facts for each in paid)
    contexts = (_context(tariff, facts, replay.from_on) for facts in known)
    prices = dict(zip(known, price_each(tariff, contexts), strict=True))
    for each in paid:
        _add(tally, each, prices[each.facts])
    return tally


def _add(tally: _Tally, paid: Paid, price: Price | PriceError) -> None:
    if isinstance(price, PriceError):
        tally.unpriced += paid.places
        tally.unpriced_minor += paid.paid
        tally.reasons[str(explain_price_error(price))] += paid.places
        return
    sums = tally.households.setdefault(paid.household_id, _Sums())
    sums.places += paid.places
    sums.before += paid.paid
    sums.after += price.minor * paid.places


def _context(tariff: Tariff, values: Sequence[str | None], day: date) -> PriceContext:
    """Return stored facts; `day` stands for a day the tariff does not look at."""
    named = zip(tariff.facts, values, strict=True)
    facts = {name: value for name, value in named if value is not None}
    return PriceContext.from_data({"day": day.isoformat(), **facts})
