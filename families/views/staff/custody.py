"""Staff: the custody of a child, written from a judgment or an agreement."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from families.domain.month import first_of, month_after, month_before
from families.forms.custody import StaffCustodyForm
from families.forms.household_staff import EndForm, ReasonForm
from families.models import Child, Custody, Household
from families.policies import may_keep_custody
from families.queries.custody import custodies_of
from families.queries.sharing import names_of
from families.services.custody import (
    accept_custody,
    decide_custody,
    end_custody,
    refuse_custody,
)
from families.services.custody_page import calendar_of, custody_line
from families.views.staff.households import get_child_in, get_household
from families.views.staff.one_form import Step, one_form
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page


@require_GET
@clerk_who(may_keep_custody)
def custody(request: ClerkRequest, public_id: UUID, child: UUID) -> HttpResponse:
    """Show a month of the calendar, what was decided and what parents propose."""
    known = get_household(request, public_id)
    about = get_child_in(request, known, child)
    rows, names = list(custodies_of(about)), _names(known, about)
    first = first_of(request.GET.get("month", ""), today=timezone.localdate())
    return staff_page(
        request,
        "families/staff/custody.html",
        title=_("Custody of %(child)s") % {"child": about},
        trail=[(known.file_number, _back(known))],
        icon="calendar-alt",
        household=known,
        child=about,
        first=first,
        before=month_before(first),
        after=month_after(first),
        weeks=calendar_of(rows, first, names),
        lines=[custody_line(each, names) for each in rows],
    )


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_custody)
def custody_new(request: ClerkRequest, public_id: UUID, child: UUID) -> HttpResponse:
    """Write an arrangement."""
    known = get_household(request, public_id)
    about = get_child_in(request, known, child)
    names = _names(known, about)
    today = timezone.localdate()

    def act(form: StaffCustodyForm) -> None:
        decide_custody(
            child=about,
            arrangement=form.to_arrangement(),
            reason=form.cleaned_data["reason"],
            actor=request.user,
            today=today,
            is_correction=form.cleaned_data["is_correction"],
        )

    households = Household.objects.filter(pk__in=names).order_by("pk")
    return one_form(
        request,
        _step(known, about, _("Write the custody"), act, {"from_on": today}),
        StaffCustodyForm,
        households={each: names[each.pk] for each in households},
    )


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_custody)
def custody_end(
    request: ClerkRequest, public_id: UUID, child: UUID, custody: UUID
) -> HttpResponse:
    """End an arrangement."""
    known = get_household(request, public_id)
    about = get_child_in(request, known, child)
    row = get_object_or_404(Custody.objects.decided(), child=about, public_id=custody)
    today = timezone.localdate()

    def act(form: forms.Form) -> None:
        end_custody(
            custody=row,
            until_on=form.cleaned_data["until_on"],
            reason=form.cleaned_data["reason"],
            actor=request.user,
            today=today,
        )

    step = _step(known, about, _("End this custody"), act, {"until_on": today})
    return one_form(request, step, EndForm)


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_custody)
def custody_accept(
    request: ClerkRequest, public_id: UUID, child: UUID, custody: UUID
) -> HttpResponse:
    """Decide as a parent proposes."""
    known = get_household(request, public_id)
    about = get_child_in(request, known, child)
    row = get_object_or_404(Custody.objects.proposed(), child=about, public_id=custody)

    def act(form: forms.Form) -> None:
        accept_custody(
            proposal=row,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            today=timezone.localdate(),
        )

    step = _step(known, about, _("Accept the proposal"), act, {})
    return one_form(request, step, ReasonForm)


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_custody)
def custody_refuse(
    request: ClerkRequest, public_id: UUID, child: UUID, custody: UUID
) -> HttpResponse:
    """Refuse a proposal, with its reason."""
    known = get_household(request, public_id)
    about = get_child_in(request, known, child)
    row = get_object_or_404(Custody.objects.proposed(), child=about, public_id=custody)

    def act(form: forms.Form) -> None:
        refuse_custody(
            proposal=row, reason=form.cleaned_data["reason"], actor=request.user
        )

    step = _step(known, about, _("Refuse the proposal"), act, {})
    return one_form(request, step, ReasonForm)


def _step(
    household: Household, child: Child, title: str, act: object, initial: object
) -> Step:
    back = reverse(
        "households_staff:custody", args=[household.public_id, child.public_id]
    )
    return Step(household, title, title, act, str(child.public_id), initial, back)  # type: ignore[arg-type] # Given by the views above.


def _back(household: Household) -> str:
    return reverse("households_staff:household", args=[household.public_id])


def _names(household: Household, child: Child) -> dict[int, str]:
    """Return each household's responsible and number, the one looked at first."""
    ids = list(child.memberships.values_list("household_id", flat=True))
    numbers = dict(
        Household.objects.filter(pk__in=ids).values_list("pk", "file_number")
    )
    people = names_of(ids)
    ordered = sorted(ids, key=lambda key: key != household.pk)
    return {key: people.get(key) or numbers[key] for key in ordered}
