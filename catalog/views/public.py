"""The public catalogue: what the town offers, to whom, when and at what price."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from catalog.domain.prices import Tariff, parse_tariff
from catalog.forms.simulation import SimulationForm
from catalog.models import Activity, Service
from catalog.queries.public import (
    get_service_shown,
    grouped,
    services_shown,
    services_with_documents,
    version_in_force,
)
from catalog.services.activity_cards import cards_of, opening_of
from catalog.services.documents_needed import documents_needed
from catalog.services.price_tables import changes_of, tables_of
from catalog.services.service_steps import service_steps
from catalog.services.simulation import Simulation, simulate
from families.models import Household
from families.queries import household_of
from foundation.access import open_to_all
from foundation.accounts.models import Account

ASKED = "price"


@open_to_all
@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """List the services by commune."""
    groups = grouped(services_shown())
    context = {"groups": groups, "has_places": any(each.commune for each in groups)}
    return render(request, "catalog/public/services.html", context)


@open_to_all
@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents that each service asks for, to prepare them at home."""
    found = [
        (each, documents_needed(each.requirements.all()))
        for each in services_with_documents()
    ]
    return render(request, "catalog/public/documents.html", {"services": found})


@open_to_all
@require_GET
def service(request: HttpRequest, code: str) -> HttpResponse:
    """Show one service, with its prices and a price to try."""
    return draw_service(request, get_service_shown(code, on=timezone.localdate()))


def draw_service(
    request: HttpRequest, found: Service, *, is_preview: bool = False
) -> HttpResponse:
    """Draw the page of a service read by `get_service_shown`."""
    now = timezone.now()
    situations = {each.code: each.name for each in found.situations.all()}
    tariffs = _tariffs(found.activities.all())
    form = SimulationForm(
        request.GET if ASKED in request.GET else None,
        tariffs=tariffs,
        situations=situations,
    )
    context = {
        "service": found,
        "is_preview": is_preview,
        "opening": opening_of(found, now=now),
        "cards": cards_of(found.activities.all(), now=now),
        "prices": _prices(tariffs, situations),
        "form": form if tariffs else None,
        "result": _try(form, tariffs),
        "documents": documents_needed(found.requirements.all()),
        "steps": service_steps(
            found, _household(request), today=timezone.localdate(now)
        ),
    }
    return render(request, "catalog/public/service.html", context)


def _household(request: HttpRequest) -> Household | None:
    """Return the household of a family that is signed in."""
    account = request.user
    return household_of(account) if isinstance(account, Account) else None


def _tariffs(activities: Any) -> dict[Activity, Tariff]:
    """Return the tariff of each activity that has one in force."""
    parsed = {}
    for activity in activities:
        version = version_in_force(activity)
        if version is not None:
            parsed[activity] = parse_tariff(version.rules)
    return parsed


def _prices(
    tariffs: dict[Activity, Tariff], situations: dict[str, str]
) -> list[dict[str, object]]:
    """Return each price list once, with the activities it is for."""
    shown: dict[str, dict[str, Any]] = {}
    for activity, tariff in tariffs.items():
        known = shown.setdefault(
            tariff.fingerprint,
            {
                "names": [],
                "tables": tables_of(tariff, situations),
                "changes": changes_of(tariff, situations),
                "version": version_in_force(activity),
            },
        )
        known["names"].append(activity.name)
    return list(shown.values())


def _try(form: SimulationForm, tariffs: dict[Activity, Tariff]) -> Simulation | None:
    if not form.is_bound or not form.is_valid():
        return None
    activity = form.chosen
    day = form.cleaned_data.get("day") or timezone.localdate()
    return simulate(activity, tariffs[activity], form.to_facts(), day=day)
