"""The family's pages of a child to be born."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from families.domain.children import is_birth_near
from families.forms.expected import ExpectedChildForm, FamilyBirthForm
from families.models import Child
from families.queries.expected import get_expected
from families.services.expected import (
    change_expected,
    expect_child,
    expect_no_longer,
    services_taking_expected,
    write_birth,
)
from families.views.access import FamilyRequest, family_required
from families.views.confirming import ask_first
from foundation.errors import DomainError
from foundation.idempotency.services import form_key_of, form_key_to_show, once


@require_http_methods(["GET", "POST"])
@family_required
def expected_add(request: FamilyRequest) -> HttpResponse:
    """Add a child to be born, where a waiting list takes them."""
    services = services_taking_expected()
    if not services:
        return redirect("families:child-add")
    start = {"last_name": request.person.last_name}
    form = ExpectedChildForm(request.POST or None, initial=start)
    key = form_key_to_show(request.POST)
    if form.is_valid():
        try:
            return redirect(_add_once(request, form))
        except DomainError as error:
            form.add_error("birth_date", str(error))
    context = {"form": form, "form_key": key, "services": services}
    return render(request, "families/expected/add.html", context)


@require_GET
@family_required
def expected(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Show a child to be born, and what can be written about it."""
    child = get_expected(request.household, public_id)
    if not child.is_expected:
        return redirect("families:child", public_id)
    near = is_birth_near(child.birth_date, today=timezone.localdate())
    context = {"child": child, "is_near": near}
    return render(request, "families/expected/expected.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def expected_change(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Change the day, or the names."""
    child = get_expected(request.household, public_id)
    if not child.is_expected:
        return redirect("families:child", public_id)
    form = ExpectedChildForm(
        request.POST or None, initial=ExpectedChildForm.initial_of(child)
    )
    if form.is_valid():
        try:
            change_expected(
                child=child,
                names=form.to_names(),
                today=timezone.localdate(),
                actor=request.user,
            )
        except DomainError as error:
            form.add_error("birth_date", str(error))
        else:
            messages.success(request, _("It is saved."))
            return redirect("families:expected", public_id)
    context = {"form": form, "child": child}
    return render(request, "families/expected/change.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def birth(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Write that the child is born."""
    child = get_expected(request.household, public_id)
    if not child.is_expected and request.method == "GET":
        return redirect("families:child", public_id)
    form = FamilyBirthForm(
        request.POST or None, child=child, today=timezone.localdate()
    )
    if form.is_valid():
        try:
            born = _write(request, child, form)
        except DomainError as error:
            form.add_error("birth_date", str(error))
        else:
            messages.success(
                request, _("Welcome to %(child)s! The file is open.") % {"child": born}
            )
            return redirect("families:child", public_id)
    context = {"form": form, "child": child}
    return render(request, "families/expected/birth.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def expected_remove(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Ask once, then take the child out; nobody asks why."""
    child = get_expected(request.household, public_id)
    if not child.is_expected:
        return redirect("families:child", public_id)
    if request.method == "GET":
        return ask_first(
            request,
            title=_("Remove “%(child)s” from your family?") % {"child": child},
            text=_("Its requests are taken back. You do not have to say why."),
            button=_("Remove"),
            back=reverse("families:expected", args=[public_id]),
            back_text=child,
        )
    try:
        _remove(request, child)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("families:child", public_id)
    messages.success(request, _("It is removed. Its requests are taken back."))
    return redirect("families:children")


def _remove(request: FamilyRequest, child: Child) -> None:
    expect_no_longer(
        household=request.household,
        child=child,
        actor=request.user,
        now=timezone.now(),
        today=timezone.localdate(),
    )


def _add_once(request: FamilyRequest, form: ExpectedChildForm) -> str:
    """Add the child of this form once, and return where to go next."""

    def add() -> str:
        child = expect_child(
            household=request.household,
            names=form.to_names(),
            today=timezone.localdate(),
            actor=request.user,
        )
        messages.success(request, _("%(child)s is added.") % {"child": child})
        return reverse("families:expected", args=[child.public_id])

    return once(
        account=request.user,
        key=form_key_of(request.POST),
        purpose="child expected",
        answers=form.cleaned_data,
        act=add,
    )


def _write(request: FamilyRequest, child: Child, form: FamilyBirthForm) -> Child:
    return write_birth(
        household=request.household,
        child=child,
        birth=form.to_names(),
        today=form.today,
        actor=request.user,
        filiation=form.cleaned_data["filiation"],
    )
