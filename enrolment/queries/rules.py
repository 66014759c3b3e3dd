"""Activities as the rules see them."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from catalog.domain.deadlines import Deadline, NoDeadline, parse_deadline
from catalog.domain.eligibility import Ages, Eligibility, Window
from catalog.domain.prices import Residence
from catalog.enums import BillingMode
from catalog.models import Activity
from enrolment.domain.offers import Offer


def offer_of(activity: Activity) -> Offer:
    """Return the rules of an activity read by `planning.read_activity`."""
    service = activity.service
    return Offer(
        id=activity.pk,
        public_id=activity.public_id,
        name=activity.name,
        service_id=service.pk,
        service_name=service.name,
        service_public_id=service.public_id,
        kind=activity.kind,
        units=activity.units,
        weekdays=frozenset(day - 1 for day in activity.weekdays),
        is_prepaid=service.billing_mode == BillingMode.PREPAID,
        requires_access=service.requires_access,
        opens_at=service.bookings_open_at,
        accepts_late=activity.late_booking,
        quota_key=activity.quota_group or activity.code,
        rules=_eligibility(activity),
        booking=deadline_rule(activity.booking_deadline),
        cancellation=deadline_rule(activity.cancellation_deadline),
    )


def deadline_rule(data: Mapping[str, Any]) -> Deadline:
    """Return a rule stored with an activity; nothing stored means no limit."""
    return _parsed(json.dumps(data, sort_keys=True)) if data else NoDeadline()


@lru_cache(maxsize=512)
def _parsed(text: str) -> Deadline:
    return parse_deadline(json.loads(text))


def _eligibility(activity: Activity) -> Eligibility:
    has_ages = activity.age_min is not None or activity.age_max is not None
    residents = frozenset({str(Residence.RESIDENT)})
    return Eligibility(
        ages=Ages(activity.age_min, activity.age_max) if has_ages else None,
        school_classes=frozenset(activity.school_classes),
        residences=residents if activity.residents_only else frozenset(),
        quota=activity.quota_per_period,
        windows=tuple(_window(each) for each in activity.known_windows),
    )


def _window(data: Mapping[str, Any]) -> Window:
    closes_at = data["closes_at"]
    residence = data["residence"]
    return Window(
        datetime.fromisoformat(data["opens_at"]),
        None if closes_at is None else datetime.fromisoformat(closes_at),
        frozenset({residence}) if residence else frozenset(),
    )
