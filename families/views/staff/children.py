"""Staff: a child's file on one page, and the corrections of each section."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from families.forms import ChildForm
from families.forms.child_file import InsuranceForm, StaffHealthForm
from families.models import Child, ChildPhoto, Contact, Household
from families.policies import (
    may_change_children,
    may_change_health,
    may_keep_households,
    may_see_photos,
    may_view_children,
    may_view_health,
)
from families.queries.child_file import cares_of, completeness_of_children
from families.queries.expected import may_be_born_already
from families.services.authorisations import authorisations_of
from families.services.child_sections import completeness_in_words
from families.services.children import change_child
from families.services.health_sheets import change_health, details_of
from families.services.insurance import change_insurance, insurance_of
from families.views.staff.trails import file_trail
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.journal.models import ReadingSubject
from foundation.journal.services import record_reading
from foundation.storage import private_response
from tenants.queries import current_town
from tenants.townhall.queries import scope_of


@require_GET
@clerk_who(may_view_children)
def child(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show the file; health only to those who may, and that is written down."""
    known = get_child(request, public_id)
    if known.is_expected:
        return _expected(request, known)
    today = timezone.localdate()
    complete = completeness_of_children([known], today=today)[known.pk]
    return staff_page(
        request,
        "families/staff/child.html",
        title=str(known),
        icon="user",
        child=known,
        complete=completeness_in_words(complete),
        insurance=insurance_of(known),
        given=authorisations_of(known),
        people=Contact.objects.kept().filter(child=known).select_related("household"),
        files=(files := _files(request, known)),
        trail=file_trail(files[0]) if files else None,
        **_rights(request),
        **_health(request, known),
    )


@require_http_methods(["GET", "POST"])
@clerk_who(may_change_children)
def identity(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Correct who a child is, the school and the class."""
    known = _get_born(request, public_id)
    form = ChildForm(
        request.POST or None,
        initial=ChildForm.initial_of(known),
        today=timezone.localdate(),
        locale=current_town().locale,
    )

    def save() -> None:
        change_child(
            household=households_of(known)[0],
            child=known,
            details=form.to_details(),
            today=form.today,
            actor=request.user,
        )

    return correct(request, known, _("Identity, school and class"), form, save)


@require_http_methods(["GET", "POST"])
@clerk_who(may_change_children)
def insurance(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Correct the insurance."""
    known = _get_born(request, public_id)
    initial = InsuranceForm.initial_of(insurance_of(known))
    form = InsuranceForm(request.POST or None, initial=initial)

    def save() -> None:
        change_insurance(child=known, insurance=form.to_insurance(), actor=request.user)

    return correct(request, known, _("Insurance"), form, save)


@require_http_methods(["GET", "POST"])
@clerk_who(may_change_health)
def health(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Correct the health sheet, for staff who may read and change it."""
    known = _get_born(request, public_id)
    form = StaffHealthForm(request.POST or None, present=details_of(known))
    _note_reading(request, known)

    def save() -> None:
        change_health(
            child=known,
            details=form.to_details(),
            now=timezone.now(),
            actor=request.user,
        )

    return correct(request, known, _("Health and meals"), form, save)


@require_GET
@clerk_who(may_see_photos)
def photo(request: ClerkRequest, public_id: UUID) -> HttpResponseBase:
    """Give the photo of a child in scope."""
    kept = get_object_or_404(ChildPhoto, child=_get_born(request, public_id))
    return private_response(
        kept.file, content_type="image/jpeg", filename="photo.jpg", inline=True
    )


def get_child(request: ClerkRequest, public_id: UUID) -> Child:
    """Return a child in the clerk's scope, to be born or born, or raise Http404."""
    children = Child.objects.in_scope(scope_of(request.user))
    return get_object_or_404(
        children.select_related("school", "meal_type"), public_id=public_id
    )


def _get_born(request: ClerkRequest, public_id: UUID) -> Child:
    """Return a child who has a file: one to be born has none."""
    known = get_child(request, public_id)
    if known.is_expected:
        raise Http404
    return known


def _expected(request: ClerkRequest, known: Child) -> HttpResponse:
    """Show a child to be born: nothing but when, and of whom."""
    files = _files(request, known)
    return staff_page(
        request,
        "families/staff/expected.html",
        title=str(known),
        icon="user",
        child=known,
        files=files,
        trail=file_trail(files[0]) if files else None,
        may_change=may_change_children(request.user),
        alike=may_be_born_already(known, scope=scope_of(request.user))
        if may_keep_households(request.user)
        else (),
    )


def households_of(child: Child) -> list[Household]:
    """Return the households of a child, the first opened first."""
    return list(
        Household.objects.filter(memberships__child=child).order_by("created_at", "pk")
    )


def _files(request: ClerkRequest, child: Child) -> list[Household]:
    """Return the files of the child that this clerk may open."""
    seen = Household.objects.in_scope(scope_of(request.user))
    found = seen.filter(memberships__child=child).distinct()
    return list(found.order_by("created_at", "pk"))


def _rights(request: ClerkRequest) -> Mapping[str, Any]:
    return {
        "may_change": may_change_children(request.user),
        "may_change_health": may_change_health(request.user),
        "may_view_health": may_view_health(request.user),
        "may_see_photos": may_see_photos(request.user),
    }


def _health(request: ClerkRequest, child: Child) -> Mapping[str, Any]:
    """Return what staff may know of the health of a child; reading is noted."""
    may_read = may_view_health(request.user)
    cares = cares_of([child.pk], today=timezone.localdate(), with_health=may_read)
    if may_read:
        _note_reading(request, child)
    return {"care": cares.get(child.pk)}


def _note_reading(request: ClerkRequest, child: Child) -> None:
    record_reading(
        actor=request.user,
        subject=ReadingSubject.HEALTH,
        what="child's file",
        target=child,
    )


def correct(
    request: ClerkRequest,
    child: Child,
    title: str,
    form: forms.Form,
    save: Callable[[], None],
) -> HttpResponse:
    """Show a form, save it, and go back to the child."""
    back = reverse("children_staff:child", args=[child.public_id])
    if form.is_valid():
        try:
            save()
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The file is saved."))
            return redirect(back)
    return staff_page(
        request,
        "families/staff/one_form.html",
        title=title,
        icon="user",
        trail=[(str(child), back)],
        form=form,
    )
