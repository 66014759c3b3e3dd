"""What the catalogue does when a town opens, takes a pack, or asks for days off."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.dispatch import receiver
from django.utils.translation import gettext as _

from catalog.models import Requirement
from catalog.queries.closures import town_closures
from catalog.queries.openings import next_opening_of_registration
from catalog.services.opening import fill_catalog, put_catalog
from catalog.services.pack_export import catalog_facts
from families.domain.proof_forms import Question
from families.models import ProofType
from families.signals import closures_asked, form_changing, next_opening_asked
from foundation.problems import Problem
from tenants.domain.packs import Pack
from tenants.models import Town
from tenants.signals import pack_asked, pack_imported, town_filling


@receiver(town_filling, dispatch_uid="catalog")
def fill(pack: Pack, town: Town, now: datetime, **_kwargs: Any) -> None:
    """Write the calendar, tariffs and services."""
    fill_catalog(town=town, pack=pack, now=now)


@receiver(pack_imported, dispatch_uid="catalog")
def put(pack: Pack, town: Town, **_kwargs: Any) -> list[Problem]:
    """Put the pack's catalogue onto the town."""
    return put_catalog(town=town, pack=pack)


@receiver(pack_asked, dispatch_uid="catalog")
def tell(town: Town, **_kwargs: Any) -> dict[str, Any]:
    """Answer the calendar, the tariffs, the shared places and the services."""
    return catalog_facts(zone=ZoneInfo(town.time_zone))


@receiver(next_opening_asked, dispatch_uid="catalog-openings")
def tell_next_opening(now: datetime, **_kwargs: Any) -> datetime | None:
    """Say when the next registration period opens."""
    return next_opening_of_registration(now=now)


@receiver(closures_asked, dispatch_uid="catalog-closures")
def say_closures(first: date, until: date, **_kwargs: Any) -> frozenset[date]:
    """Answer the days on which the whole town is closed."""
    return town_closures(first=first, until=until)


@receiver(form_changing, dispatch_uid="catalog-conditions")
def keep_conditions(
    proof_type: ProofType, questions: tuple[Question, ...], **_kwargs: Any
) -> list[str]:
    """Say which services still count on an answer that would go."""
    possible = {each.code: each.answers for each in questions}
    asked = Requirement.objects.filter(only_if_proof=proof_type).select_related(
        "service", "proof_type"
    )
    return [
        _("“%(service)s” asks for “%(proof)s” on an answer that would go.")
        % {"service": each.service, "proof": each.proof_type}
        for each in asked
        if each.only_if_answer not in possible.get(each.only_if_question, ())
    ]
