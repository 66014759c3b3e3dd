"""A month laid out by weeks, for calendars that only show."""

from datetime import date, timedelta


def first_of(text: str, *, today: date) -> date:
    """Return the first day of a month written "2026-12", or of today's month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def month_after(first: date) -> date:
    """Return the first day of the next month."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(first: date) -> date:
    """Return the first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def weeks_in(first: date) -> list[list[date | None]]:
    """Return the weeks of a month from Monday; days of other months are None."""
    until = month_after(first)
    monday = first - timedelta(days=first.weekday())
    weeks: list[list[date | None]] = []
    while monday < until:
        days = [monday + timedelta(days=index) for index in range(7)]
        weeks.append([day if first <= day < until else None for day in days])
        monday += timedelta(days=7)
    return weeks
