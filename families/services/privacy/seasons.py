"""Health sheets of children who no longer come."""

from datetime import UTC, datetime, time
from typing import Any

from django.db import models
from django.db.models import Q

from families.models import Child, FileReview, HealthSheet
from families.signals import children_in_use_asked
from foundation.periods import school_year_of


def sheets_over(limit: datetime, now: datetime) -> models.QuerySet[Any]:
    """Find sheets written for a school year that was over before a moment.

    Never one of a child who may come, or has a day to come; nor of a family that said
    since then that its file is right. Who looks after a child must know.
    """
    begun = datetime.combine(school_year_of(limit.date()).start, time.min, tzinfo=UTC)
    said = FileReview.objects.filter(at__gte=begun).values("household")
    coming = Q(pk__in=[])
    answers = children_in_use_asked.send(sender=Child, since=begun, now=now)
    for _receiver, querysets in answers:
        for each in querysets or ():
            coming |= Q(child__in=each)
    return (
        HealthSheet.objects.filter(updated_at__lt=begun)
        .exclude(child__memberships__household__in=said)
        .exclude(coming)
    )
