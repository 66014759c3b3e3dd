"""The family's pages of a child's file: one section, one page."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from families.domain.child_file import Section
from families.domain.editable import Editable
from families.forms.child_file import (
    AuthorisationsForm,
    HealthForm,
    InsuranceForm,
    PhotoForm,
)
from families.models import Authorisation, Child, ChildPhoto
from families.queries import get_child
from families.queries.child_file import completeness_of_children
from families.services.authorisations import authorisations_of
from families.services.child_sections import TITLES, section_lines
from families.services.editables.child_file import health_values, insurance_values
from families.services.edits import submit_edit
from families.services.health_sheets import details_of
from families.services.insurance import insurance_of
from families.services.photos import remove_photo, set_photo
from families.views.access import FamilyRequest, family_required
from families.views.confirming import ask_first
from families.views.outcomes import tell_outcome
from foundation.errors import DomainError
from foundation.journal.models import ReadingSubject
from foundation.journal.services import record_reading
from foundation.storage import private_response


@require_GET
@family_required
def child(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """List the sections of a child's file, with what remains to be done."""
    known = get_child(request.household, public_id)
    complete = completeness_of_children([known], today=timezone.localdate())[known.pk]
    context = {
        "child": known,
        "sections": section_lines(known, complete),
        "complete": complete,
        "has_photo": Section.PHOTO in complete.filled,
    }
    return render(request, "families/child/child.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def insurance(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Say who insures the child."""
    known = get_child(request.household, public_id)
    initial = InsuranceForm.initial_of(insurance_of(known))
    form = InsuranceForm(request.POST or None, initial=initial)
    if form.is_valid():
        values = insurance_values(form.to_insurance())
        if _saved(request, form, known, {Editable.INSURANCE: values}):
            return redirect("families:child", public_id)
    return _page(request, known, Section.INSURANCE, form)


@require_http_methods(["GET", "POST"])
@family_required
def health(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Say what to do for the child's health; showing it is written down."""
    known = get_child(request.household, public_id)
    form = HealthForm(request.POST or None, present=details_of(known))
    if form.is_valid():
        values = health_values(form.to_details())
        if _saved(request, form, known, {Editable.HEALTH: values}):
            return redirect("families:child", public_id)
    record_reading(
        actor=request.user,
        subject=ReadingSubject.HEALTH,
        what="health sheet, by the family",
        target=known,
    )
    return _page(request, known, Section.HEALTH, form)


@require_http_methods(["GET", "POST"])
@family_required
def authorisations(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Allow or refuse; every answer stays in the list below the form."""
    known = get_child(request.household, public_id)
    form = AuthorisationsForm(
        request.POST or None,
        given=authorisations_of(known),
        child=known,
        today=_today(),
    )
    if form.is_valid():
        answers = {k: v for k, v in form.to_answers().items() if v is not None}
        values = {"answers": _all_answers(known) | answers}
        if _saved(request, form, known, {Editable.AUTHORISATIONS: values}):
            return redirect("families:child", public_id)
    history = Authorisation.objects.filter(child=known).order_by("-given_at", "-id")
    return _page(
        request,
        known,
        Section.AUTHORISATIONS,
        form,
        history=history.select_related("kind", "given_by"),
    )


@require_GET
@family_required
def authorisations_print(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Show the answers that count, as a page to print and sign."""
    known = get_child(request.household, public_id)
    context = {
        "child": known,
        "given": authorisations_of(known),
        "today": _today(),
        "household": request.household,
    }
    return render(request, "families/child/authorisations_print.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def photo(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Show, add or replace the photo."""
    known = get_child(request.household, public_id)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        set_photo(
            child=known,
            portrait=form.portrait,
            now=timezone.now(),
            actor=request.user,
        )
        messages.success(request, _("The photo is saved."))
        return redirect("families:child", public_id)
    has_photo = ChildPhoto.objects.filter(child=known).exists()
    return _page(request, known, Section.PHOTO, form, has_photo=has_photo)


@require_http_methods(["GET", "POST"])
@family_required
def photo_remove(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Ask, then remove the photo for good."""
    known = get_child(request.household, public_id)
    if request.method == "GET":
        return ask_first(
            request,
            title=_("Remove the photo of %(child)s?") % {"child": known},
            text=_("It is erased for good. You may add another one at any time."),
            button=_("Remove the photo"),
            back=reverse("families:child-photo", args=[public_id]),
            back_text=TITLES[Section.PHOTO],
        )
    remove_photo(child=known, actor=request.user)
    messages.success(request, _("The photo is removed."))
    return redirect("families:child-photo", public_id)


@require_GET
@family_required
def photo_picture(request: FamilyRequest, public_id: UUID) -> HttpResponseBase:
    """Give the picture to the child's guardians."""
    known = get_child(request.household, public_id)
    kept = get_object_or_404(ChildPhoto, child=known)
    return private_response(
        kept.file, content_type="image/jpeg", filename="photo.jpg", inline=True
    )


def _saved(
    request: FamilyRequest,
    form: forms.Form,
    child: Child,
    values: Mapping[Editable, Mapping[str, Any]],
) -> bool:
    """Submit an edit and tell what became of it; an error goes into the form."""
    try:
        outcome = submit_edit(
            target=child,
            values=values,
            household=request.household,
            actor=request.user,
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    tell_outcome(request, outcome)
    return True


def _page(
    request: FamilyRequest,
    child: Child,
    section: Section,
    form: forms.Form,
    **extra: object,
) -> HttpResponse:
    context = {"child": child, "title": TITLES[section], "form": form, **extra}
    return render(request, f"families/child/{section}.html", context)


def _all_answers(child: Child) -> dict[str, bool | None]:
    return {each.kind.code: each.is_allowed for each in authorisations_of(child)}


def _today() -> date:
    return timezone.localdate()
