"""My household: who is in it, what is known of it, and which one is looked at."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from families.enums import GuardianRole
from families.forms.households import RemoveForm
from families.models import Guardian, Household, Person
from families.policies import is_responsible
from families.queries import adults_of, guardians_of
from families.queries.invitations import invitations_of, invitations_to
from families.services.guardians import leave_household, remove_guardian
from families.services.household_page import children_lines, standing_lines
from families.views.access import FamilyRequest, family_required, themselves_required
from families.views.current import choose_household
from foundation.errors import DomainError


@require_GET
@family_required
def household(request: FamilyRequest) -> HttpResponse:
    """Show the adults, the children, the address, and what was proven."""
    known, today = request.household, timezone.localdate()
    adults = list(adults_of(known))
    own = next((each for each in adults if each.person == request.person), None)
    leads = own is not None and own.role == GuardianRole.RESPONSIBLE
    children = children_lines(known, today=today)
    alone = [each for each in children if each.sees_file and not each.is_shared]
    context = {
        "household": known,
        "adults": adults,
        "own": own,
        "leads": leads,
        "invitations": list(invitations_of(known)),
        "received": list(invitations_to(request.user)),
        "children": children,
        "shareable": leads and bool(alone),
        "standing": standing_lines(known, today=today),
        "among": guardians_of(request.user).count(),
    }
    return render(request, "families/household.html", context)


@require_http_methods(["GET", "POST"])
@family_required
@themselves_required
def households(request: FamilyRequest) -> HttpResponse:
    """Choose the household that the pages are about, for who answers for several."""
    mine = list(guardians_of(request.user))
    if len(mine) == 1:
        return redirect("families:household")
    if request.method == "POST":
        given = request.POST.get("household", "")
        chosen = [each for each in mine if str(each.household.public_id) == given]
        if chosen:
            choose_household(request, chosen[0].household.public_id)
            return redirect(_wanted(request))
    context = {"places": mine, "current": request.household}
    return render(request, "families/households.html", context)


def _wanted(request: FamilyRequest) -> str:
    """Return the page that was looked for in another household, or the home page."""
    asked = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours and asked.startswith("/my/") else reverse("families:home")


@require_http_methods(["GET", "POST"])
@family_required
@themselves_required
def adult_remove(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Take a co-responsible out of the household, with a reason."""
    person = _co_responsible(request.household, public_id)
    if not is_responsible(request.user, request.household):
        messages.error(request, _("Only the responsible of the household can do this."))
        return redirect("families:household")
    form = RemoveForm(request.POST or None)
    if form.is_valid():
        try:
            remove_guardian(
                household=request.household,
                person=person,
                reason=form.cleaned_data["reason"],
                actor=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            said = _("%(person)s is no longer in your household.")
            messages.success(request, said % {"person": person})
            return redirect("families:household")
    context = {"form": form, "person": person}
    return render(request, "families/adult_remove.html", context)


def _co_responsible(household: Household, public_id: UUID) -> Person:
    place = get_object_or_404(
        Guardian.objects.select_related("person"),
        household=household,
        person__public_id=public_id,
        role=GuardianRole.CO_RESPONSIBLE,
    )
    return place.person


@require_GET
@family_required
@themselves_required
def leave(request: FamilyRequest) -> HttpResponse:
    """Ask before leaving."""
    return render(request, "families/leave.html", {"household": request.household})


@require_POST
@family_required
@themselves_required
def leave_now(request: FamilyRequest) -> HttpResponse:
    """Leave the household."""
    try:
        leave_household(
            household=request.household, person=request.person, actor=request.user
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("families:household")
    messages.success(request, _("You have left the household."))
    return redirect("families:home")
