"""Requests by their legal clock: those whose time is over, those it nears for."""

from datetime import date

from django.db.models import DateField, ExpressionWrapper, F, QuerySet

from catalog.enums import Silence
from enrolment.models import AccessRequest
from enrolment.queries.waiting_list import offers_over


def requests_over(*, today: date) -> list[int]:
    """Return the requests that silence decides, the first due on top, in one query."""
    over = (
        AccessRequest.objects.waiting()
        .filter(answer_due_on__lt=today, clock_stopped_on=None)
        .exclude(silence=Silence.NOTHING)
    )
    return list(over.order_by("answer_due_on", "id").values_list("pk", flat=True))


def requests_to_warn(*, today: date) -> QuerySet[AccessRequest]:
    """Return those whose department has to be warned and is not yet, first due first.

    The days of warning are those the service has now: only the clock is frozen.
    """
    warned_from = ExpressionWrapper(
        F("answer_due_on") - F("service__alert_days"), output_field=DateField()
    )
    return (
        AccessRequest.objects.waiting()
        .filter(alerted_on=None, clock_stopped_on=None, answer_due_on__isnull=False)
        .alias(warned_from=warned_from)
        .filter(warned_from__lte=today)
        .select_related("service__department")
        .order_by("answer_due_on", "submitted_at", "id")
    )


def is_something_to_do(*, today: date) -> bool:
    """Tell whether a clock of the town is over or near, in three queries."""
    return (
        requests_to_warn(today=today).exists()
        or bool(requests_over(today=today))
        or offers_over(today=today).exists()
    )
