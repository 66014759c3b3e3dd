"""What the families' file does when a town opens, is exported, or takes a pack."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from families.domain.pack import PROOF_TYPES
from families.domain.pack_terms import TERMS
from families.services.blank_forms import problems_of_blank_forms
from families.services.opening import fill_families, put_families
from families.services.pack_export import families_facts
from families.services.terms import publish_terms, write_draft
from foundation.problems import Problem
from tenants.domain.packs import Pack
from tenants.signals import pack_asked, pack_imported, pack_read, town_filling


@receiver(town_filling, dispatch_uid="families")
def fill(pack: Pack, **_kwargs: Any) -> None:
    """Write the types of proof, and the terms of use."""
    fill_families(pack=pack)
    body = pack.get(TERMS)
    if body:
        write_draft(body=body, actor=None)
        publish_terms(actor=None, now=timezone.now())


@receiver(pack_imported, dispatch_uid="families")
def put(pack: Pack, **_kwargs: Any) -> None:
    """Write what the pack says of proofs and files."""
    put_families(pack=pack)


@receiver(pack_asked, dispatch_uid="families")
def tell(*, with_files: bool = True, **_kwargs: Any) -> dict[str, Any]:
    """Answer the types of proof, the lists, the rules and the terms."""
    return families_facts(with_files=with_files)


@receiver(pack_read, dispatch_uid="families")
def look(pack: Pack, **_kwargs: Any) -> list[Problem]:
    """Answer what is wrong with the blank forms of a pack."""
    return problems_of_blank_forms(pack.get(PROOF_TYPES))
