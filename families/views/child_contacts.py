"""The family's pages of the people around a child."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from families.domain.child_file import Section
from families.domain.editable import Editable
from families.forms.child_file import ContactForm
from families.models import Child, Contact
from families.queries import get_child
from families.services.child_sections import TITLES
from families.services.contacts import details_of
from families.services.editables.child_file import person_value, present_people
from families.services.edits import submit_edit
from families.views.access import FamilyRequest, family_required
from families.views.confirming import ask_first
from families.views.outcomes import tell_outcome
from foundation.accounts.proof import fresh_password_required
from foundation.errors import DomainError
from tenants.townhall.queries import town_settings


@require_GET
@family_required
def contacts(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """List the people; those that another household named are only shown."""
    child = get_child(request.household, public_id)
    kept = Contact.objects.kept().filter(child=child)
    context = {
        "child": child,
        "title": TITLES[Section.CONTACTS],
        "own": kept.filter(household=request.household),
        "others": kept.exclude(household=request.household),
    }
    return render(request, "families/child/contacts.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def contact_add(request: FamilyRequest, public_id: UUID) -> HttpResponseBase:
    """Name a new person."""
    return _edit(request, get_child(request.household, public_id), None)


@require_http_methods(["GET", "POST"])
@family_required
def contact(
    request: FamilyRequest, public_id: UUID, contact_id: UUID
) -> HttpResponseBase:
    """Change what is said of a person."""
    child = get_child(request.household, public_id)
    own = _own(request, child, contact_id)
    return _edit(request, child, own)


@require_http_methods(["GET", "POST"])
@family_required
def contact_remove(
    request: FamilyRequest, public_id: UUID, contact_id: UUID
) -> HttpResponse:
    """Ask, then remove a person; no password: it only makes the list shorter."""
    child = get_child(request.household, public_id)
    known = _own(request, child, contact_id)
    if request.method == "GET":
        return ask_first(
            request,
            title=_("Remove %(person)s?") % {"person": known.name},
            text=_("Staff will no longer find this person on %(child)s's list.")
            % {"child": child.first_name},
            button=_("Remove"),
            back=reverse("families:child-contacts", args=[public_id]),
            back_text=TITLES[Section.CONTACTS],
        )
    gone = str(known.public_id)
    people = [each for each in present_people(child) if each["id"] != gone]
    _submit(request, child, people)
    return redirect("families:child-contacts", public_id)


def _own(request: FamilyRequest, child: Child, contact_id: UUID) -> Contact:
    """Return a person named by this household, or raise Http404."""
    own = Contact.objects.kept().filter(child=child, household=request.household)
    found = own.filter(public_id=contact_id).first()
    if found is None:
        raise Http404
    return found


@fresh_password_required()
def _edit(request: FamilyRequest, child: Child, known: Contact | None) -> HttpResponse:
    initial = ContactForm.initial_of(
        details_of(known) if known else None, known.public_id if known else None
    )
    age = town_settings().collector_age
    form = ContactForm(request.POST or None, initial=initial, collector_age=age)
    if form.is_valid():
        public_id = known.public_id if known else form.cleaned_data["id"]
        try:
            _submit(request, child, _with(request, child, public_id, form))
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("families:child-contacts", child.public_id)
    context = {
        "child": child,
        "form": form,
        "title": str(known) if known else _("Add a person"),
    }
    return render(request, "families/child/contact.html", context)


def _with(
    request: FamilyRequest, child: Child, public_id: UUID, form: ContactForm
) -> list[Any]:
    """Return the people with this one in its place, or at the end."""
    value = person_value(public_id, form.to_details(), request.household.public_id)
    people = present_people(child)
    if not any(each["id"] == value["id"] for each in people):
        return [*people, value]
    return [value if each["id"] == value["id"] else each for each in people]


def _submit(request: FamilyRequest, child: Child, people: list[Any]) -> None:
    outcome = submit_edit(
        target=child,
        values={Editable.PICKUP: {"people": people}},
        household=request.household,
        actor=request.user,
        now=timezone.now(),
    )
    if outcome.applied:
        messages.success(request, _("The list is saved."))
        return
    tell_outcome(request, outcome)
