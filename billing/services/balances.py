"""Balances brought from another software: lines of the next invoice.

What a family owes becomes a charge that the next run of the service's régie takes;
what is owed to it a negative one, kept until invoices are as large.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from billing.models import Charge, Regie
from catalog.models import Service
from families.domain.imports import Balance
from families.domain.imports.cells import by_name
from foundation.money import Money
from tenants.queries import current_town


def services_billed() -> dict[str, int]:
    """Return the services that some régie bills, by name and by code made plain."""
    rows = Service.objects.exclude(regies=None).values_list("pk", "code", "name")
    return by_name(rows)


def write_balances(*, balances: Sequence[Balance]) -> None:
    """Write one charge for each balance, in the caller's transaction."""
    currency = current_town().currency
    regies = dict(
        Regie.services.through.objects.order_by("-regie_id").values_list(
            "service_id", "regie_id"
        )
    )
    label = _("Balance of the former account")
    Charge.objects.bulk_create(
        [
            Charge(
                regie_id=regies[each.service_id],
                household_id=each.household_id,
                service_id=each.service_id,
                day=each.day,
                description=each.label or label,
                amount_minor=Money.from_decimal(each.amount, currency).minor,
                currency=currency,
            )
            for each in balances
        ],
        batch_size=2_000,
    )
