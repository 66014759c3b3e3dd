"""Count the guesses of codes and numbers, and stop those who guess too often."""

from collections.abc import Mapping
from datetime import datetime

from families.domain.attempts import Limit, counts_of
from families.services.linking_errors import TooManyAttemptsError
from foundation.cache.counters import count_up


def count_attempt(
    *,
    purpose: str,
    limits: Mapping[str, tuple[Limit, ...]],
    tried: Mapping[str, str],
    now: datetime,
) -> None:
    """Count one attempt, right or wrong. Raises TooManyAttemptsError past a limit.

    Call it before the attempt and outside its transaction, which may be undone. Every
    counter is written each time, so that all the answers cost the same.
    """
    counts = list(counts_of(purpose, limits, tried, now=now))
    reached = [count_up(each.key, until=each.until) for each in counts]
    if any(count > each.most for count, each in zip(reached, counts, strict=True)):
        raise TooManyAttemptsError
