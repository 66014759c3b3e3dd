"""The first questions of a request: which child, which commune, which service.

What is answered so far travels in the address, so that the browser's back button
works. The draft is made by the last of the questions, which is posted.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.models import Service
from enrolment.enums import RequestStatus
from enrolment.forms.requests import (
    ChildChoiceForm,
    CommuneChoiceForm,
    OneChoiceForm,
    ServiceChoiceForm,
)
from enrolment.models import Access, AccessRequest
from enrolment.queries.services_to_ask import (
    accesses_by_service,
    communes_to_ask,
    find_service_to_ask,
    open_requests_by_service,
    services_of_commune,
)
from enrolment.services.request_errors import (
    AlreadyAskedError,
    RequestsNotOpenError,
    StepBeforeError,
)
from enrolment.services.request_lines import last_day, place_of
from enrolment.services.requests import open_request
from families.models import Child
from families.services.expected import services_taking_expected
from families.services.expected_errors import NobodyWaitsError
from families.services.words import birth_of
from families.views.access import FamilyRequest, family_required
from foundation.errors import DomainError
from tenants.townhall.models import Commune


@dataclass
class Start:
    """What is known so far."""

    children: list[Child]
    child: Child | None
    communes: list[Commune]
    commune: Commune | None
    service: Service | None


@require_http_methods(["GET", "POST"])
@family_required
def start(request: FamilyRequest) -> HttpResponse:
    """Ask the first question that has no answer yet; open the draft at the end."""
    so_far = _read(request)
    if not so_far.children:
        messages.warning(request, _("Add your child first."))
        takes = so_far.service is not None and so_far.service.takes_expected_children
        return redirect("families:expected-add" if takes else "families:child-add")
    if so_far.child is None or (so_far.service and request.method == "GET"):
        return _ask_child(request, so_far)
    if so_far.service is not None:
        return _open(request, so_far.child, so_far.service, None)
    if so_far.commune is None and len(so_far.communes) > 1:
        return _ask_commune(request, so_far)
    return _ask_service(request, so_far, so_far.child)


def _read(request: FamilyRequest) -> Start:
    """Read the answers given; one that is not the family's own is no answer."""
    given = request.POST if request.method == "POST" else request.GET
    code = given.get("for", "")
    service = find_service_to_ask(code) if code else None
    children = _children(request, service)
    communes = communes_to_ask()
    return Start(
        children=children,
        child=_among(children, given.get("child", "")),
        communes=communes,
        commune=_among(communes, given.get("commune", "")),
        service=service,
    )


def _children(request: FamilyRequest, service: Service | None) -> list[Child]:
    """Return the children; those to be born where the service takes them, if known."""
    family = Child.objects.in_family(request.household)
    if service is not None and not service.takes_expected_children:
        family = family.born()
    return list(family)


def _ask_child(request: FamilyRequest, so_far: Start) -> HttpResponse:
    """Ask for the child; the last question when the service is known already."""
    known = {"for": so_far.service.code} if so_far.service else {}
    data = request.POST if request.method == "POST" else request.GET
    form = ChildChoiceForm(
        data if "asked" in data else None,
        among=so_far.children,
        hint_of=lambda child: birth_of(child) if child.is_expected else "",
        initial={"child": so_far.children[0].public_id}
        if len(so_far.children) == 1
        else {},
    )
    title = so_far.service.name if so_far.service else ""
    return _ask(request, form, number=1, known=known, title=title, last=bool(known))


def _ask_commune(request: FamilyRequest, so_far: Start) -> HttpResponse:
    """Ask for the commune, proposing the family's own."""
    assert so_far.child is not None  # noqa: S101 - asked before.
    own = request.household.commune
    form = CommuneChoiceForm(
        request.GET if request.GET.get("asked") == "commune" else None,
        among=so_far.communes,
        initial={"commune": own.public_id} if own else {},
    )
    known = {"child": str(so_far.child.public_id)}
    return _ask(request, form, number=2, known=known)


def _ask_service(request: FamilyRequest, so_far: Start, child: Child) -> HttpResponse:
    """Ask for the service, saying where the child stands in each, then open it."""
    services = services_of_commune(so_far.commune, child=child)
    if child.is_expected and not services:
        messages.warning(request, str(NobodyWaitsError()))
        return redirect("enrolment:requests")
    form = ServiceChoiceForm(
        request.POST if request.method == "POST" else None,
        among=services,
        hint_of=_hints(request, child),
    )
    if form.is_valid():
        return _open(request, child, form.chosen, form)
    known = {"child": str(child.public_id)}
    if so_far.commune:
        known["commune"] = str(so_far.commune.public_id)
    return _ask(request, form, number=2, known=known, last=True)


def _open(
    request: FamilyRequest,
    child: Child,
    service: Service,
    form: ServiceChoiceForm | None,
) -> HttpResponse:
    try:
        asked = open_request(
            household=request.household,
            child=child,
            service=service,
            actor=request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except AlreadyAskedError as error:
        messages.info(request, str(error))
        return redirect("enrolment:request", error.request.public_id)
    except DomainError as error:
        if form is None:
            messages.warning(request, str(error))
            return redirect("enrolment:requests")
        form.add_error("service", str(error))
        known = {"child": str(child.public_id)}
        return _ask(request, form, number=2, known=known, last=True)
    return redirect(_first_step(asked), asked.public_id)


def _first_step(asked: AccessRequest) -> str:
    if asked.situation is None and asked.service.situations.exists():
        return "enrolment:request-situation"
    return "enrolment:request-proofs"


def _ask(
    request: FamilyRequest,
    form: OneChoiceForm[Any],
    *,
    number: int,
    known: dict[str, str],
    title: str = "",
    last: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "question": form[form.name],
        "asked": form.name,
        "number": number,
        "known": known,
        "title": title,
        "method": "post" if last else "get",
        "takes_expected": form.name == "child" and services_taking_expected(),
    }
    return render(request, "enrolment/requests/start.html", context)


def _hints(request: FamilyRequest, child: Child) -> Any:
    """Return what is said under each service: place, opening, where the child is."""
    asked = open_requests_by_service(request.household, child)
    accesses = accesses_by_service(request.household, child)
    now, today = timezone.now(), timezone.localdate()

    def hint_of(service: Service) -> str:
        parts = [place_of(service)] if communes_matter else []
        access = accesses.get(service.pk)
        if service.pk in asked and asked[service.pk].status == RequestStatus.DRAFT:
            parts.append(_("You started a request: it will open again."))
        elif service.pk in asked:
            parts.append(_("You already have a request."))
        elif access and access.until_on and access.until_on > today:
            parts.append(
                _("Already accepted, until %(day)s.")
                % {"day": last_day(access.until_on)}
            )
        elif service.requests_open_at and now < service.requests_open_at:
            parts.append(str(RequestsNotOpenError(service.requests_open_at)))
        elif service.comes_after and not _holds(accesses, service.comes_after, today):
            parts.append(str(StepBeforeError(service.comes_after)))
        elif service.summary:
            parts.append(service.summary)
        return " · ".join(parts)

    communes_matter = len(communes_to_ask()) > 1
    return hint_of


def _holds(accesses: dict[int, Access], service: Service, today: date) -> bool:
    access = accesses.get(service.pk)
    return access is not None and (access.until_on is None or access.until_on > today)


def _among(records: list[Any], public_id: str) -> Any:
    return next((each for each in records if str(each.public_id) == public_id), None)
