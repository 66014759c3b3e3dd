"""Say which services a régie bills."""

from collections.abc import Collection

from django.db import transaction

from billing.enums import MoneyAction
from billing.models import Regie
from catalog.models import Service
from foundation.accounts.models import Account
from foundation.journal.services import record


@transaction.atomic
def choose_services(
    *, regie: Regie, services: Collection[Service], actor: Account
) -> None:
    """Let a régie bill these services and no other; what is billed already stays."""
    locked = Regie.objects.select_for_update(of=("self",)).get(pk=regie.pk)
    old = sorted(locked.services.values_list("code", flat=True))
    new = sorted(each.code for each in services)
    if new == old:
        return
    locked.services.set(services)
    record(
        actor=actor,
        action=MoneyAction.SERVICES_CHOSEN,
        target=locked,
        old={"services": old},
        new={"services": new},
    )
