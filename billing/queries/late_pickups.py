"""Which late pick-ups stand on an issued invoice."""

from collections.abc import Iterable

from billing.enums import RunStatus
from billing.models import BillingRun, Charge
from enrolment.models import LatePickup


def invoices_of_late_pickups(
    late_pickups: Iterable[LatePickup], *, to_change: bool
) -> dict[int, str]:
    """Return the number of the invoice of those that were issued, by primary key.

    `to_change` keeps the drafts that hold them from being issued before the end of
    the transaction: who is issuing one now is waited for.
    """
    ids = [each.pk for each in late_pickups]
    if to_change and ids:
        drafts = BillingRun.objects.filter(
            status=RunStatus.DRAFT,
            pk__in=Charge.objects.filter(late_pickup__in=ids).values("invoice__run"),
        )
        list(drafts.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    found = Charge.objects.filter(late_pickup__in=ids, invoice__number__isnull=False)
    listed = found.values_list("late_pickup", "invoice__reference")
    return {late: str(number) for late, number in listed}
