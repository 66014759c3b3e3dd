"""How long each kind of data is kept: the platform's defaults and the law's limits.

A town may choose a period between `at_least` and `at_most`. Sources and what remains
for the town to decide are in docs/operations/personal-data.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Unit(StrEnum):
    """What a period counts."""

    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table."""

    key: str
    unit: Unit
    default: int
    at_least: int
    at_most: int

    @property
    def is_fixed(self) -> bool:
        """Whether the law leaves no choice."""
        return self.at_least == self.at_most

    def allows(self, number: int) -> bool:
        """Tell whether a town may choose a period."""
        return self.at_least <= number <= self.at_most

    def limit(self, *, number: int, now: datetime) -> datetime:
        """Return the moment before which data are kept no more.

        A month is as long as the calendar says; the day is brought back to the last
        one of a shorter month.
        """
        if self.unit == Unit.DAYS:
            return now - timedelta(days=number)
        months = now.year * 12 + now.month - 1 - number
        first = now.replace(year=months // 12, month=months % 12 + 1, day=1)
        after = (first + timedelta(days=31)).replace(day=1)
        last = (after - timedelta(days=1)).day
        return first.replace(day=min(now.day, last))


RULES = (
    Rule("families", Unit.MONTHS, 36, 12, 60),
    Rule("proofs", Unit.MONTHS, 12, 3, 24),
    Rule("file_requests", Unit.MONTHS, 12, 3, 24),
    Rule("sign_up_links", Unit.DAYS, 30, 1, 90),
    Rule("messages", Unit.MONTHS, 12, 3, 24),
    Rule("forms", Unit.DAYS, 30, 2, 90),
    Rule("readings", Unit.MONTHS, 12, 6, 36),
    Rule("import_files", Unit.DAYS, 30, 1, 90),
)
BY_KEY = {rule.key: rule for rule in RULES}
