"""Public holidays, from the table of the `holidays` package."""

from datetime import date

import holidays


def public_holidays(place: str, *, years: range, language: str) -> dict[date, str]:
    """Return the public holidays of a country or province, with their names.

    `place` is written FR or CA-QC; an empty one has no public holidays.
    """
    if not place:
        return {}
    country, _dash, part = place.partition("-")
    found = holidays.country_holidays(
        country, subdiv=part or None, years=years, language=language[:2]
    )
    return dict(sorted(found.items()))
