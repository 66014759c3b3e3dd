"""Price a basket again where a brother or sister changes the price.

Only what is still in the basket: a confirmed price never changes.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from catalog.models import Activity, Session
from enrolment.domain.offers import Wish
from enrolment.enums import Timing
from enrolment.models import Booking
from enrolment.queries.planning import plan_of, read_activity
from enrolment.services.pricing import Quote, quote_many, sees_siblings, shares_of
from families.models import Household


def reprice_basket(
    household: Household, activity: Activity, *, now: datetime, zone: ZoneInfo
) -> int:
    """Bring the held places of an activity to today's facts; return how many changed.

    A place held in time stays in time, whatever the hour of the next click.
    """
    held = list(
        Booking.objects.in_basket(household, now=now)
        .filter(session__activity=activity)
        .select_related("session")
    )
    known = read_activity(pk=activity.pk) if held else None
    if known is None:
        return 0
    sessions = Session.objects.filter(pk__in={each.session_id for each in held})
    plan = plan_of(household, known, sessions, now=now, zone=zone)
    if not sees_siblings(plan):
        return 0
    places = {place.id: place for place in plan.places}
    wishes = [
        Wish(places[each.session_id], each.child_id, each.timing == Timing.LATE)
        for each in held
    ]
    answers = zip(held, quote_many(plan, wishes), strict=True)
    return sum(_store(booking, answer) for booking, answer in answers)


def _store(booking: Booking, answer: object) -> bool:
    if not isinstance(answer, Quote) or answer.price.minor == booking.price_minor:
        return False
    booking.price_minor = answer.price.minor
    booking.split = shares_of(answer.price)
    booking.trace = answer.price.trace.to_data()
    booking.tariff_version_id = answer.version_id
    booking.save(update_fields=["price_minor", "split", "trace", "tariff_version"])
    return True
