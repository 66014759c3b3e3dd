"""What enrolment does when a town opens, takes a pack, or is exported."""

from typing import Any

from django.dispatch import receiver

from enrolment.services.opening import fill_sentences, put_sentences, sentences_facts
from tenants.domain.packs import Pack
from tenants.models import Town
from tenants.signals import pack_asked, pack_imported, town_filling


@receiver(town_filling, dispatch_uid="enrolment")
def fill(pack: Pack, town: Town, **_kwargs: Any) -> None:
    """Write the first ready sentences."""
    fill_sentences(town=town, pack=pack)


@receiver(pack_imported, dispatch_uid="enrolment")
def put(pack: Pack, **_kwargs: Any) -> None:
    """Put the ready sentences of a pack onto an open town."""
    put_sentences(pack=pack)


@receiver(pack_asked, dispatch_uid="enrolment")
def tell(**_kwargs: Any) -> dict[str, Any]:
    """Answer the ready sentences."""
    return sentences_facts()
