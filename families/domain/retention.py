"""How long each kind of data is kept: defaults and limits, in France and in Québec.

A town may choose a period between `at_least` and `at_most`. Why each period is what it
is stands in `families.enums.retention`, and in docs/operations/personal-data.md.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from families.domain.validity import months_after

#: The month that the law gives to answer somebody about their data (GDPR 12.3).
MONTH_TO_ANSWER = 1
#: In Québec, twenty days (Act respecting access, 47 and 98).
DAYS_TO_ANSWER_IN_QUEBEC = 20


class Unit(StrEnum):
    """What a period counts."""

    DAYS = "days"
    MONTHS = "months"
    #: Whole calendar years, after the end of the year of the data.
    YEARS = "years"


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
        if self.unit == Unit.YEARS:
            return datetime(now.year - number, 1, 1, tzinfo=now.tzinfo or UTC)
        day = months_after(now.date(), -number)
        return now.replace(year=day.year, month=day.month, day=day.day)


#: In the order they are applied: families first, so that what goes with them is gone.
RULES = (
    Rule("families", Unit.MONTHS, 36, 12, 60),
    Rule("people", Unit.MONTHS, 36, 6, 60),
    Rule("accounts", Unit.DAYS, 30, 7, 90),
    Rule("health", Unit.MONTHS, 2, 0, 12),
    Rule("proofs", Unit.MONTHS, 12, 3, 24),
    Rule("proofs_over", Unit.MONTHS, 12, 1, 24),
    Rule("drafts", Unit.MONTHS, 3, 1, 12),
    Rule("file_requests", Unit.MONTHS, 12, 3, 24),
    Rule("sign_up_links", Unit.DAYS, 30, 1, 90),
    Rule("messages", Unit.MONTHS, 12, 3, 24),
    Rule("forms", Unit.DAYS, 30, 2, 90),
    Rule("terms_addresses", Unit.MONTHS, 12, 1, 36),
    Rule("readings", Unit.MONTHS, 12, 6, 36),
    Rule("journal", Unit.MONTHS, 60, 12, 120),
    Rule("import_files", Unit.DAYS, 30, 1, 90),
    Rule("mandates", Unit.MONTHS, 14, 13, 36),
    Rule("books", Unit.YEARS, 10, 10, 10),
)
#: What differs in Québec.
_QUEBEC = {
    rule.key: rule
    for rule in (
        Rule("readings", Unit.MONTHS, 24, 12, 36),
        Rule("journal", Unit.MONTHS, 36, 12, 120),
        Rule("books", Unit.YEARS, 7, 6, 10),
    )
}


def rules_in(country: str) -> tuple[Rule, ...]:
    """Return the table of a country, "FR" or "CA"."""
    changed = _QUEBEC if country == "CA" else {}
    return tuple(changed.get(rule.key, rule) for rule in RULES)


def answer_due(*, asked_on: date, country: str) -> date:
    """Return the last day to answer somebody who asks about their data."""
    if country == "CA":
        return asked_on + timedelta(days=DAYS_TO_ANSWER_IN_QUEBEC)
    return months_after(asked_on, MONTH_TO_ANSWER)


def books_until(*, last_billed: date, years: int) -> date:
    """Return the first day on which the books name a family no more."""
    return date(last_billed.year + years + 1, 1, 1)


BY_KEY = {rule.key: rule for rule in RULES}
