"""The reminder of the yearly review: once per household and season."""

from datetime import date

from django.db import transaction

from families.domain.reviews import season_on
from families.models import FileRules
from families.queries.changes import households_without_review
from families.services.household_letters import send_review_due
from tenants.domain.scope import EVERYTHING


def reminder_is_due(*, today: date) -> bool:
    """Tell whether a season is open whose reminder was not sent: one query."""
    rules = FileRules.objects.first()
    return rules is not None and _season_to_remind(rules, today) is not None


@transaction.atomic
def remind_of_review(*, today: date) -> int:
    """Write to the households that have not confirmed their file this season.

    Returns how many messages were written; 0 when the reminder was sent already, or
    the town asks for no review. Two jobs at once: the second finds it sent.
    """
    rules = FileRules.objects.select_for_update().first()
    season = _season_to_remind(rules, today) if rules else None
    if rules is None or season is None:
        return 0
    rules.reminded_season = season
    rules.save(update_fields=["reminded_season"])
    waiting = households_without_review(EVERYTHING, season=season)
    return send_review_due(
        list(waiting.filter(merged_into=None).values_list("pk", flat=True))
    )


def _season_to_remind(rules: FileRules, today: date) -> int | None:
    season = season_on(today, month=rules.review_month, day=rules.review_day)
    if season is None or (rules.reminded_season or 0) >= season.year:
        return None
    return season.year
