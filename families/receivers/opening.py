"""What the families' file does when a town opens."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from families.domain.pack_terms import TERMS
from families.services.opening import fill_families
from families.services.terms import publish_terms, write_draft
from tenants.domain.packs import Pack
from tenants.signals import town_filling


@receiver(town_filling, dispatch_uid="families")
def fill(pack: Pack, **_kwargs: Any) -> None:
    """Write the types of proof, and the terms of use."""
    fill_families(pack=pack)
    body = pack.get(TERMS)
    if body:
        write_draft(body=body, actor=None)
        publish_terms(actor=None, now=timezone.now())
