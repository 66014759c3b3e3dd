"""School calendars that are public, by zone: facts to start from, which a town edits.

France: order of 7 December 2022 (2025-2026), and the order that fixed 2026-2027; zones
since January 2016. Holidays begin on the Saturday after lessons; `until_on` is the day
lessons start again.

Corsica and the overseas academies set their own dates. Those of Corsica for 2025-2026
are the ones its press published on 18 August 2025, and a public calendar of zones too;
those of 2026-2027 are not known here, nor is any of 2027-2028.

Québec has no dates common to all: each school service centre sets its own. Those kept
here are those of most of them, to be checked with one's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

ZONES = ("A", "B", "C", "CORSE", "QC")


@dataclass(frozen=True, slots=True)
class SchoolPeriod:
    """A school year, or holidays, by the name people know; the end is excluded."""

    key: str
    from_on: date
    until_on: date

    @property
    def code(self) -> str:
        """The code in the town's calendar: `noel-2026`, `annee-2026-2027`."""
        first, last = self.from_on.year, self.until_on.year
        return (
            f"{self.key}-{first}-{last}" if self.key == YEAR else f"{self.key}-{first}"
        )


YEAR = "annee"


def school_years(zone: str) -> tuple[int, ...]:
    """Return the first calendar years of the school years known for a zone."""
    return tuple(year for kept, year in _KNOWN if kept == zone)


def periods_of(zone: str, year: int) -> tuple[SchoolPeriod, ...]:
    """Return the school year that begins in `year`, then its holidays, in order."""
    return tuple(
        SchoolPeriod(key, date.fromisoformat(start), date.fromisoformat(until))
        for key, start, until in _KNOWN.get((zone, year), ())
    )


_Rows = tuple[tuple[str, str, str], ...]
_FRANCE_2025: _Rows = (
    (YEAR, "2025-09-01", "2026-07-04"),
    ("toussaint", "2025-10-18", "2025-11-03"),
    ("noel", "2025-12-20", "2026-01-05"),
)
_FRANCE_2026: _Rows = (
    (YEAR, "2026-09-01", "2027-07-03"),
    ("toussaint", "2026-10-17", "2026-11-02"),
    ("noel", "2026-12-19", "2027-01-04"),
)
_ASCENSION_2026: _Rows = (("ascension", "2026-05-14", "2026-05-18"),)
_ASCENSION_2027: _Rows = (("ascension", "2027-05-06", "2027-05-10"),)
_KNOWN: Mapping[tuple[str, int], _Rows] = {
    ("A", 2025): (
        *_FRANCE_2025,
        ("hiver", "2026-02-07", "2026-02-23"),
        ("printemps", "2026-04-04", "2026-04-20"),
        *_ASCENSION_2026,
    ),
    ("B", 2025): (
        *_FRANCE_2025,
        ("hiver", "2026-02-14", "2026-03-02"),
        ("printemps", "2026-04-11", "2026-04-27"),
        *_ASCENSION_2026,
    ),
    ("C", 2025): (
        *_FRANCE_2025,
        ("hiver", "2026-02-21", "2026-03-09"),
        ("printemps", "2026-04-18", "2026-05-04"),
        *_ASCENSION_2026,
    ),
    ("A", 2026): (
        *_FRANCE_2026,
        ("hiver", "2027-02-13", "2027-03-01"),
        ("printemps", "2027-04-10", "2027-04-26"),
        *_ASCENSION_2027,
    ),
    ("B", 2026): (
        *_FRANCE_2026,
        ("hiver", "2027-02-20", "2027-03-08"),
        ("printemps", "2027-04-17", "2027-05-03"),
        *_ASCENSION_2027,
    ),
    ("C", 2026): (
        *_FRANCE_2026,
        ("hiver", "2027-02-06", "2027-02-22"),
        ("printemps", "2027-04-03", "2027-04-19"),
        *_ASCENSION_2027,
    ),
    ("CORSE", 2025): (
        (YEAR, "2025-09-02", "2026-07-04"),
        ("nativite", "2025-09-08", "2025-09-09"),
        ("toussaint", "2025-10-18", "2025-11-03"),
        ("nazione", "2025-12-08", "2025-12-09"),
        ("noel", "2025-12-20", "2026-01-05"),
        ("hiver", "2026-02-14", "2026-03-02"),
        ("printemps", "2026-04-11", "2026-04-27"),
        *_ASCENSION_2026,
    ),
    ("QC", 2025): (
        (YEAR, "2025-08-27", "2026-06-24"),
        ("fetes", "2025-12-20", "2026-01-06"),
        ("relache", "2026-02-28", "2026-03-09"),
    ),
    ("QC", 2026): (
        (YEAR, "2026-08-31", "2027-06-24"),
        ("fetes", "2026-12-19", "2027-01-05"),
        ("relache", "2027-02-27", "2027-03-08"),
    ),
}
