"""How often one may guess: the figures, and nothing else.

Three counts run side by side: the account that tries, the address of the network it
comes from, and the file (or code, or invoice) it tries. A school or a library shares
one address between many families: its figure is generous, the two others are not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` attempts in each `window`."""

    most: int
    window: timedelta


@dataclass(frozen=True, slots=True)
class Count:
    """One counter of one attempt: its name, what it may reach, when it starts over."""

    key: str
    most: int
    until: datetime


#: Linking an account to a file, by any method.
LINKING = {
    "account": (Limit(5, HOUR), Limit(10, DAY)),
    "address": (Limit(30, HOUR),),
    "target": (Limit(5, HOUR), Limit(10, DAY)),
}
#: Searching a request by its tracking number.
TRACKING = {"address": (Limit(30, HOUR),)}


def counts_of(
    purpose: str,
    limits: Mapping[str, tuple[Limit, ...]],
    tried: Mapping[str, str],
    *,
    now: datetime,
) -> Iterator[Count]:
    """Yield the counters of one attempt; `tried` names account, address and target.

    What is typed is hashed: it may be long, and is nobody's business in a cache.
    """
    for about, value in tried.items():
        digest = sha256(value.encode()).hexdigest()[:32]
        for limit in limits[about]:
            seconds = int(limit.window.total_seconds())
            window = int(now.timestamp()) // seconds
            yield Count(
                key=f"{purpose}:{about}:{seconds}:{window}:{digest}",
                most=limit.most,
                until=datetime.fromtimestamp((window + 1) * seconds, UTC),
            )


def guesses_per_hour(limits: Mapping[str, tuple[Limit, ...]], about: str) -> int:
    """Return the most guesses of one account, address or target in an hour."""
    return min(limit.most for limit in limits[about] if limit.window <= HOUR)
