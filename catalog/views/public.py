"""The public catalogue: what the town offers, to whom, when and at what price."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from catalog.domain.prices import Tariff, parse_tariff
from catalog.forms.simulation import SimulationForm, day_asked
from catalog.models import Activity, Service
from catalog.queries.public import (
    first_day_of_prices,
    get_service_shown,
    grouped,
    services_shown,
    services_with_documents,
    version_in_force,
    version_on,
)
from catalog.services.activity_cards import cards_of, opening_of
from catalog.services.documents_needed import documents_needed
from catalog.services.price_tables import changes_of, tables_of
from catalog.services.service_steps import service_steps
from catalog.services.simulation import (
    Simulation,
    simulate,
    with_version,
    without_tariff,
)
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
    today = timezone.localdate(now)
    situations = {each.code: each.name for each in found.situations.all()}
    tariffs = _tariffs(found.activities.all(), today)
    form, result = _try(request, found, situations, today)
    context = {
        "service": found,
        "is_preview": is_preview,
        "opening": opening_of(found, now=now),
        "cards": cards_of(found.activities.all(), now=now),
        "prices": _prices(tariffs, situations),
        "form": form,
        "result": result,
        "documents": documents_needed(found.requirements.all()),
        "steps": service_steps(found, _household(request), today=today),
    }
    return render(request, "catalog/public/service.html", context)


def _household(request: HttpRequest) -> Household | None:
    """Return the household of a family that is signed in."""
    account = request.user
    return household_of(account) if isinstance(account, Account) else None


def _tariffs(activities: Any, day: date) -> dict[Activity, Tariff]:
    """Return the tariff of each activity that has one in force on a day."""
    parsed = {}
    for activity in activities:
        version = version_on(activity, day)
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


def _try(
    request: HttpRequest, found: Service, situations: dict[str, str], today: date
) -> tuple[SimulationForm | None, Simulation | None]:
    """Return the questions of a price to try, and the price of a visitor's answers.

    They are those of the tariffs in force on the day that the visitor chose.
    """
    priced = [each for each in found.activities.all() if each.tariff.versions.all()]
    if not priced:
        return None, None
    is_asked = ASKED in request.GET
    day = (day_asked(request.GET) if is_asked else None) or today
    tariffs = _tariffs(priced, day)
    starts = [first_day_of_prices(each, after=today) for each in priced]
    form = SimulationForm(
        request.GET if is_asked else None,
        tariffs=tariffs,
        situations=situations,
        activities=priced,
        next_prices=min((each for each in starts if each), default=None),
    )
    if not is_asked or not form.is_valid():
        return form, None
    return form, _price(form, tariffs, day)


def _price(
    form: SimulationForm, tariffs: dict[Activity, Tariff], day: date
) -> Simulation:
    activity = form.chosen
    version = version_on(activity, day)
    if version is None:
        return without_tariff(day, first_day_of_prices(activity, after=day))
    tried = simulate(activity, tariffs[activity], form.to_facts(), day=day)
    return with_version(tried, version)
