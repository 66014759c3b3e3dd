"""The family's own pages: home, address, children."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from families.domain.child_file import Section
from families.domain.editable import Editable
from families.domain.home import FileState, Home, Panel
from families.forms import AddressForm, FamilyChildForm, NewChildForm
from families.models import Child, Household
from families.queries import filiation_of, get_child
from families.queries.expected import expected_of
from families.queries.file_state import file_state_of, state_of
from families.queries.invitations import invitations_to
from families.services.child_sections import TITLES, children_with_standing
from families.services.children import add_child, say_filiation
from families.services.editables.child import child_values
from families.services.editables.household import address_value
from families.services.edits import Edit, EditOutcome, submit_edit, submit_edits
from families.services.expected import services_taking_expected
from families.services.households import open_household
from families.services.photos import set_photo
from families.signals import home_shown
from families.views.access import (
    FamilyRequest,
    PersonRequest,
    family_required,
    person_required,
)
from families.views.current import OPENED, current_household
from families.views.outcomes import tell_outcome
from foundation.errors import DomainError
from foundation.idempotency.services import form_key_of, form_key_to_show, once
from tenants.queries import current_town
from tenants.townhall.queries import town_settings

PREVIOUS_SIGN_IN = "previous_sign_in"


@require_GET
@family_required
def home(request: FamilyRequest) -> HttpResponse:
    """Show what remains to be done, and every subject of the family."""
    family = list(Child.objects.in_family(request.household))
    answers = home_shown.send(
        sender=Household,
        household=request.household,
        children=[child for child in family if not child.is_expected],
        expected=[child for child in family if child.is_expected],
        today=timezone.localdate(),
        state=_file_state(request),
    )
    # The stubs believe that every receiver answers a text.
    panels = cast("list[Panel | None]", [answer for _receiver, answer in answers])
    shown = Home.of(panel for panel in panels if panel is not None)
    # At the counter, it would be the clerk's own.
    kept = None if request.visit else request.session.get(PREVIOUS_SIGN_IN)
    previous = parse_datetime(kept or "")
    return render(
        request,
        "families/home.html",
        {
            "home": shown,
            "person": request.person,
            "household": request.household,
            "among": 1 if request.visit else _among(request),
            "previous_sign_in": previous,
        },
    )


@require_http_methods(["GET", "POST"])
@person_required
def address(request: PersonRequest) -> HttpResponse:
    """Complete the account with an address, or change it later."""
    visit = request.visit
    place = visit or current_household(request)
    household = place.household if place else None
    form = AddressForm(request.POST or None, initial=_shown(request, household))
    if form.is_valid():
        if household is None:
            open_household(
                person=request.person,
                address=form.to_address(),
                phone=form.cleaned_data["phone"],
                actor=request.user,
            )
            messages.success(request, _("Your account is complete. Welcome!"))
            opened = request.session.get(OPENED)
            if opened:
                return redirect("families:invitation", opened)
        else:
            _move(request, household, form)
        return redirect("families:home")
    waiting = [] if household else list(invitations_to(request.user))
    context = {
        "form": form,
        "known": household,
        "invitations": waiting,
        "links_files": visit is None and town_settings().linking_methods,
    }
    return render(request, "families/address.html", context)


@require_GET
@family_required
def children(request: FamilyRequest) -> HttpResponse:
    """List the children."""
    family = list(Child.objects.in_family(request.household))
    listed = [child for child in family if not child.is_expected]
    today = timezone.localdate()
    context = {
        "children": children_with_standing(listed, today=today),
        "expected": [child for child in family if child.is_expected],
        "takes_expected": services_taking_expected(),
    }
    return render(request, "families/children.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def child_add(request: FamilyRequest) -> HttpResponse:
    """Add a child; "save and add another" comes back here."""
    form = NewChildForm(
        request.POST or None,
        request.FILES or None,
        initial={"last_name": request.person.last_name},
        today=timezone.localdate(),
        locale=current_town().locale,
    )
    key = form_key_to_show(request.POST)
    if form.is_valid():
        try:
            return redirect(_add_once(request, form))
        except DomainError as error:
            form.add_error(None, str(error))
    context = {
        "form": form,
        "form_key": key,
        "expected": expected_of(request.household),
        "takes_expected": services_taking_expected(),
    }
    return render(request, "families/child_add.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def identity(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Show who a child is and change it."""
    known = get_child(request.household, public_id)
    form = _identity_form(request, known)
    if form.is_valid():
        try:
            outcome = _change_identity(request, known, form)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            tell_outcome(request, outcome)
            return redirect("families:child", public_id)
    context = {"form": form, "child": known, "title": TITLES[Section.IDENTITY]}
    return render(request, "families/child/identity.html", context)


def _identity_form(request: FamilyRequest, known: Child) -> FamilyChildForm:
    link = filiation_of(request.household, known)
    return FamilyChildForm(
        request.POST or None,
        initial={**FamilyChildForm.initial_of(known), "filiation": link},
        today=timezone.localdate(),
        locale=current_town().locale,
    )


def _change_identity(
    request: FamilyRequest, known: Child, form: FamilyChildForm
) -> EditOutcome:
    """Submit what is said of the child; the household's own link counts at once."""
    outcome = submit_edit(
        target=known,
        values=child_values(form.to_details()),
        household=request.household,
        actor=request.user,
        now=timezone.now(),
    )
    say_filiation(
        household=request.household,
        child=known,
        filiation=form.cleaned_data["filiation"],
        actor=request.user,
    )
    return outcome


def _add_once(request: FamilyRequest, form: NewChildForm) -> str:
    """Add the child of this form once, and return where to go next."""
    another, photo = "another" in request.POST, form.cleaned_data.pop("photo")

    def add() -> str:
        added = add_child(
            household=request.household,
            details=form.to_details(),
            today=form.today,
            actor=request.user,
            filiation=form.cleaned_data["filiation"],
        )
        if photo:
            set_photo(
                child=added, portrait=photo, now=timezone.now(), actor=request.user
            )
        messages.success(request, _("%(child)s is added.") % {"child": added})
        return reverse("families:child-add" if another else "families:children")

    return once(
        account=request.user,
        key=form_key_of(request.POST),
        purpose="child added",
        answers={
            **form.cleaned_data,
            "another": another,
            "photo": photo.sha256 if photo else "",
        },
        act=add,
    )


def _file_state(request: FamilyRequest) -> FileState:
    """Return what waits in the file: read with the adult, except at the counter."""
    place = None if request.visit else current_household(request)
    return state_of(place) if place else file_state_of(request.household)


def _among(request: FamilyRequest) -> int:
    """Return how many households the adult answers for, already read."""
    place = current_household(request)
    return place.among if place else 0


def _shown(request: PersonRequest, household: Household | None) -> dict[str, object]:
    """Return what the address form starts with."""
    if household is None:
        country = "CA" if current_town().locale == "fr-ca" else "FR"
        return {"country": country, "phone": request.person.phone}
    names = ("street", "street_extra", "postal_code", "city", "country")
    commune = household.commune
    return {
        **{name: getattr(household, name) for name in names},
        "commune": commune.public_id if commune else "",
        "phone": request.person.phone,
    }


def _move(request: PersonRequest, household: Household, form: AddressForm) -> None:
    edits = [
        Edit(request.person, Editable.PHONE, {"phone": form.cleaned_data["phone"]}),
        Edit(
            household, Editable.ADDRESS, {"address": address_value(form.to_address())}
        ),
    ]
    outcome = submit_edits(
        edits=edits, household=household, actor=request.user, now=timezone.now()
    )
    tell_outcome(request, outcome)
