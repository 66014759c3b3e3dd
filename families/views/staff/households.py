"""Staff: who is in a household, with whom its children are shared, what is proven."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from families.forms.household_staff import EndForm, ReasonForm, SeenForm, ShareForm
from families.models import Child, ChildMembership, Guardian, Household
from families.policies import (
    may_keep_custody,
    may_keep_households,
    may_keep_standing,
    may_open_accounts,
)
from families.queries import adults_of
from families.queries.sharing import names_of
from families.services.guardians import name_responsible, remove_guardian
from families.services.household_page import standing_lines
from families.services.shared_children import end_sharing, set_file_seen, share_child
from families.views.staff.one_form import Step, one_form
from families.views.staff.trails import file_trail
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from tenants.townhall.queries import scope_of

Places = QuerySet[ChildMembership]


@require_GET
@clerk_who(may_keep_households)
def household(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show who is in a household and what is proven of it."""
    known = get_household(request, public_id)
    return staff_page(
        request,
        "families/staff/household.html",
        title=_("Household %(number)s") % {"number": known.file_number},
        trail=file_trail(known),
        icon="group",
        household=known,
        adults=list(adults_of(known)),
        children=_children(request, known),
        standing=standing_lines(known, today=timezone.localdate()),
        may_keep_standing=may_keep_standing(request.user),
        may_keep_custody=may_keep_custody(request.user),
        may_open_accounts=may_open_accounts(request.user),
    )


def _children(request: ClerkRequest, known: Household) -> list[dict[str, Any]]:
    """Return the places of the children, each with those it has elsewhere."""
    places = _places(request, known).order_by("child__birth_date", "child_id")
    memberships = list(places)
    children = [each.child for each in memberships]
    others = list(
        ChildMembership.objects.filter(child__in=children).exclude(household=known)
    )
    ids = {each.household_id for each in others}
    names, seen = names_of(ids), _seen_among(request, ids)
    elsewhere: dict[int, list[dict[str, str]]] = defaultdict(list)
    for other in others:
        elsewhere[other.child_id].append(
            {
                "name": names.get(other.household_id, ""),
                "number": seen.get(other.household_id, ""),
            }
        )
    return [
        {"membership": each, "others": elsewhere[each.child_id]} for each in memberships
    ]


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_households)
def adult_remove(request: ClerkRequest, public_id: UUID, person: UUID) -> HttpResponse:
    """Take a co-responsible out."""
    known = get_household(request, public_id)
    place = _place(known, person)
    return one_form(
        request,
        Step(
            known,
            _("Take %(person)s out of the household") % {"person": place.person},
            "adult removed",
            lambda form: remove_guardian(
                household=known,
                person=place.person,
                reason=form.cleaned_data["reason"],
                actor=request.user,
            ),
            about=str(person),
        ),
        ReasonForm,
    )


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_households)
def adult_responsible(
    request: ClerkRequest, public_id: UUID, person: UUID
) -> HttpResponse:
    """Name another responsible."""
    known = get_household(request, public_id)
    place = _place(known, person)
    return one_form(
        request,
        Step(
            known,
            _("Make %(person)s the responsible") % {"person": place.person},
            "responsible named",
            lambda form: name_responsible(
                household=known,
                person=place.person,
                reason=form.cleaned_data["reason"],
                actor=request.user,
            ),
            about=str(person),
        ),
        ReasonForm,
    )


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_households)
def child_share(request: ClerkRequest, public_id: UUID, child: UUID) -> HttpResponse:
    """Add a child of the household to another one."""
    known = get_household(request, public_id)
    membership = _membership(request, known, child)
    today = timezone.localdate()

    def act(form: forms.Form) -> None:
        given = form.cleaned_data
        share_child(
            child=membership.child,
            household=_other(request, known, given["file_number"]),
            sees_file=given["sees_file"],
            from_on=given["from_on"],
            reason=given["reason"],
            actor=request.user,
            today=today,
        )

    title = _("Share %(child)s with another household") % {"child": membership.child}
    step = Step(known, title, "child shared", act, str(child), {"from_on": today})
    return one_form(request, step, ShareForm)


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_households)
def child_seen(request: ClerkRequest, public_id: UUID, child: UUID) -> HttpResponse:
    """Open or close a child's file to the household."""
    known = get_household(request, public_id)
    membership = _membership(request, known, child)

    def act(form: forms.Form) -> None:
        set_file_seen(
            membership=membership,
            sees_file=form.cleaned_data["sees_file"],
            reason=form.cleaned_data["reason"],
            actor=request.user,
        )

    title = _("The file of %(child)s") % {"child": membership.child}
    initial = {"sees_file": membership.sees_file}
    step = Step(known, title, "file seen", act, str(child), initial)
    return one_form(request, step, SeenForm)


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_households)
def child_end(request: ClerkRequest, public_id: UUID, child: UUID) -> HttpResponse:
    """Take a child out of the household from a day on."""
    known = get_household(request, public_id)
    membership = _membership(request, known, child)
    today = timezone.localdate()

    def act(form: forms.Form) -> None:
        end_sharing(
            membership=membership,
            until_on=form.cleaned_data["until_on"],
            reason=form.cleaned_data["reason"],
            actor=request.user,
            today=today,
        )

    title = _("Take %(child)s out of the household") % {"child": membership.child}
    step = Step(known, title, "sharing ended", act, str(child), {"until_on": today})
    return one_form(request, step, EndForm)


def get_household(request: ClerkRequest, public_id: UUID) -> Household:
    """Return a household that the clerk may see, or raise Http404."""
    seen = Household.objects.in_scope(scope_of(request.user))
    return get_object_or_404(seen, public_id=public_id)


def _place(household: Household, person: UUID) -> Guardian:
    return get_object_or_404(
        Guardian.objects.select_related("person"),
        household=household,
        person__public_id=person,
    )


def _places(request: ClerkRequest, household: Household) -> Places:
    """Return the places of the children that the clerk may see."""
    seen = Child.objects.in_scope(scope_of(request.user))
    return ChildMembership.objects.filter(
        household=household, child__in=seen
    ).select_related("child", "household")


def _membership(
    request: ClerkRequest, household: Household, child: UUID
) -> ChildMembership:
    return get_object_or_404(_places(request, household), child__public_id=child)


def _seen_among(request: ClerkRequest, ids: Collection[int]) -> dict[int, str]:
    """Return the numbers of the files that the clerk may see, by household."""
    seen = Household.objects.in_scope(scope_of(request.user)).filter(pk__in=ids)
    return dict(seen.values_list("pk", "file_number"))


class UnknownFileError(DomainError):
    """No file has this number, or it is the child's own."""


def _other(request: ClerkRequest, known: Household, number: str) -> Household:
    found = (
        Household.objects.in_scope(scope_of(request.user))
        .filter(file_number__iexact=number.strip())
        .exclude(pk=known.pk)
        .first()
    )
    if found is None:
        raise UnknownFileError(_("No other file has this number."))
    return found


def get_child_in(request: ClerkRequest, household: Household, public_id: UUID) -> Child:
    """Return a child of a household that the clerk may see, or raise Http404."""
    return _membership(request, household, public_id).child
