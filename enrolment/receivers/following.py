"""Whom the town's departments know by their bookings."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from enrolment.models import Order
from enrolment.signals import order_placed
from families.services.following import note_following
from tenants.townhall.models import Department


@receiver(order_placed, dispatch_uid="enrolment-following")
def follow(order_id: int, **_kwargs: Any) -> None:
    """Let departments see who booked a service that is open without a request."""
    departments = list(
        Department.objects.filter(
            services__requires_access=False,
            services__activities__sessions__bookings__order=order_id,
        ).distinct()
    )
    if not departments:
        return
    order = Order.objects.select_related("household").get(pk=order_id)
    for department in departments:
        note_following(
            household=order.household, department=department, today=timezone.localdate()
        )
