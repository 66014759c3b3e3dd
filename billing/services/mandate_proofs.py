"""A signed mandate is a proof of the family's file: it starts and ends with it."""

from datetime import datetime

from billing.enums import MandateStatus
from billing.models import Mandate
from billing.services.days import local_day
from families.services.signed_proofs import accept_signed, end_signed
from foundation.accounts.models import Account


def prove_mandate(*, mandate_id: int) -> None:
    """Give the household the proofs that its signature is."""
    mandate = Mandate.objects.select_related("household", "signed_by").get(
        pk=mandate_id
    )
    accept_signed(
        household=mandate.household,
        account=mandate.signed_by,
        signed_on=local_day(mandate.signed_at),
        now=mandate.signed_at,
    )


def prove_known_mandates() -> None:
    """Give each household with a mandate the proofs of a type made since."""
    for mandate in Mandate.objects.filter(status=MandateStatus.ACTIVE):
        prove_mandate(mandate_id=mandate.pk)


def end_mandate_proof(*, mandate: Mandate, actor: Account, now: datetime) -> None:
    """End the proofs of a household, unless it signed for another régie too."""
    others = Mandate.objects.filter(
        household=mandate.household_id, status=MandateStatus.ACTIVE
    )
    if not others.exists():
        end_signed(household=mandate.household, on=local_day(now), actor=actor)
