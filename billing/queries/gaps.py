"""What misses on the side of money before a service opens."""

from collections import defaultdict
from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from billing.models import Regie
from catalog.domain.checklist import Gap
from catalog.enums import BillingMode
from catalog.models import Activity, Service


def gaps_of_billing(services: Collection[Service]) -> dict[int, list[Gap]]:
    """Return what misses by service: a régie, the means to pay at once. Two queries."""
    ids = [each.pk for each in services]
    links = Regie.services.through.objects.filter(service__in=ids)
    regies: dict[int, list[Regie]] = defaultdict(list)
    for link in links.select_related("regie"):
        regies[link.service_id].append(link.regie)
    billed = set(
        Activity.objects.filter(service__in=ids).values_list("service", flat=True)
    )
    return {
        each.pk: _gaps(each, regies[each.pk])
        # Nothing is booked, nothing is billed: no régie is needed.
        if each.pk in billed or not each.requires_access
        else []
        for each in services
    }


def _gaps(service: Service, regies: list[Regie]) -> list[Gap]:
    address = reverse("billing_staff:regies")
    if not regies:
        return [Gap(_("No régie bills this service."), address, is_blocking=True)]
    is_prepaid = service.billing_mode == BillingMode.PREPAID
    if is_prepaid and not any(each.accepts_cards for each in regies):
        text = _("It is paid at the booking, and its régie takes no card yet.")
        return [Gap(text, reverse("townhall_configuration"), is_blocking=True)]
    return []
