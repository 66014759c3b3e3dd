"""The family's file and documents: what services ask for, and certificates."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from enrolment.queries.wanted import wanted_by_services
from enrolment.services.certificates import certificates_of
from families.domain.my_file import Wanted
from families.domain.vault import Paper
from families.models import Household
from families.signals import proofs_wanted, vault_shown


@receiver(proofs_wanted, dispatch_uid="enrolment-proofs-wanted")
def tell_wanted(household: Household, **_kwargs: Any) -> list[Wanted]:
    """Name the compulsory proofs of open requests and of current accesses."""
    return wanted_by_services(household, on=timezone.localdate())


@receiver(vault_shown, dispatch_uid="enrolment-certificates")
def offer_certificates(household: Household, **_kwargs: Any) -> list[Paper]:
    """Offer the certificates of each child."""
    return certificates_of(household)
