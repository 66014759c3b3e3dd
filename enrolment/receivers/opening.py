"""What enrolment does when a town opens."""

from typing import Any

from django.dispatch import receiver

from enrolment.services.opening import fill_sentences
from tenants.models import Town
from tenants.signals import town_filling


@receiver(town_filling, dispatch_uid="enrolment")
def fill(town: Town, **_kwargs: Any) -> None:
    """Write the first ready sentences."""
    fill_sentences(town=town)
