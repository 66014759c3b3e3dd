"""Requests and bookings in the recap of a visit to the counter."""

from typing import Any

from django.db.models import Count
from django.dispatch import receiver
from django.utils.translation import get_language, gettext as _, ngettext

from enrolment.models import AccessRequest, Order
from families.domain.recaps import Told
from families.models import CounterVisit
from families.queries.counter import made_during
from families.signals import visit_told
from foundation.money import Money, format_money


@receiver(visit_told, dispatch_uid="enrolment-recap-requests")
def tell_requests(visit: CounterVisit, **_kwargs: Any) -> Told:
    """Tell the requests sent, each with its tracking number."""
    sent = made_during(
        visit, AccessRequest.objects, by="submitted_by", at="submitted_at"
    )
    lines = [
        _("%(number)s: %(service)s, for %(child)s")
        % {
            "number": request.tracking_number,
            "service": request.service,
            "child": request.child,
        }
        for request in sent.select_related("service", "child").order_by("id")
    ]
    return Told(_("Requests, with their tracking numbers"), tuple(lines), order=40)


@receiver(visit_told, dispatch_uid="enrolment-recap-orders")
def tell_orders(visit: CounterVisit, **_kwargs: Any) -> Told:
    """Tell the bookings confirmed, order by order."""
    orders = made_during(visit, Order.objects, by="placed_by", at="placed_at")
    lines = [
        _line_of(order)
        for order in orders.annotate(places=Count("bookings")).order_by("id")
    ]
    return Told(_("Bookings"), tuple(lines), order=50)


def _line_of(order: Any) -> str:
    total = Money(order.total_minor, order.currency)
    return ngettext(
        "%(number)s: %(places)s place, %(total)s",
        "%(number)s: %(places)s places, %(total)s",
        order.places,
    ) % {
        "number": order.reference,
        "places": order.places,
        "total": format_money(total, get_language() or "en"),
    }
