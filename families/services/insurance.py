"""The school insurance of a child."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from families.models import Child
from foundation.accounts.models import Account
from foundation.journal.services import record


@dataclass(frozen=True, slots=True)
class Insurance:
    """Who insures a child; `until` is the first day without."""

    company: str = ""
    policy: str = ""
    until: date | None = None


def insurance_of(child: Child) -> Insurance:
    """Return what is on file."""
    return Insurance(
        child.insurance_company, child.insurance_policy, child.insurance_until
    )


@transaction.atomic
def change_insurance(
    *, child: Child, insurance: Insurance, actor: Account | None
) -> None:
    """Write the insurance; nothing happens when nothing differs."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    before = insurance_of(child)
    if before == insurance:
        return
    child.insurance_company = insurance.company
    child.insurance_policy = insurance.policy
    child.insurance_until = insurance.until
    child.save(
        update_fields=["insurance_company", "insurance_policy", "insurance_until"]
    )
    record(
        actor=actor,
        action="insurance changed",
        target=child,
        old={name: getattr(before, name) for name in Insurance.__slots__},
        new={name: getattr(insurance, name) for name in Insurance.__slots__},
    )
