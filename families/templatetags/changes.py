"""What waits for the town, shown beside what is on file."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone

from families.models import Child, Household, Person
from families.queries.changes import waiting_values_of
from families.services.change_lines import change_line

register = template.Library()


@register.filter
def answer_day(due_at: datetime) -> date:
    """Return the last day of a promise: "by midnight of Tuesday" is "on Monday"."""
    return timezone.localdate(due_at - timedelta(seconds=1))


@register.inclusion_tag("families/_waiting.html")
def waiting_changes(
    household: Household | None, *targets: Household | Person | Child | None
) -> dict[str, Any]:
    """Show what the household asked to change of some records: one query."""
    if household is None:
        return {"lines": []}
    values = waiting_values_of(household)
    return {
        "lines": [change_line(value) for value in values if value.target in targets]
    }
