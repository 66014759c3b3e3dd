"""Public holidays, from the table of the `holidays` package."""

from datetime import date

import holidays

# Both departments of Alsace have the days of one former region.
_SAME = {"67": "6AE", "68": "6AE"}


def public_holidays(place: str, *, years: range, language: str) -> dict[date, str]:
    """Return the public holidays of a country or province, with their names.

    `place` is written FR or CA-QC; an empty one has no public holidays.
    """
    if not place:
        return {}
    country, _dash, part = place.partition("-")
    part = _SAME.get(part, part)
    found = holidays.country_holidays(
        country, subdiv=part or None, years=years, language=language[:2]
    )
    return dict(sorted(found.items()))
