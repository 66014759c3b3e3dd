"""The custody calendar of a child, which both households see."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from families.domain.month import first_of, month_after, month_before
from families.forms.custody import CustodyForm
from families.models import Child, Household
from families.queries import get_child
from families.queries.custody import custodies_of
from families.queries.sharing import shared_with
from families.services.custody import propose_custody
from families.services.custody_page import calendar_of, custody_line
from families.views.access import FamilyRequest, family_required
from foundation.errors import DomainError


@require_GET
@family_required
def custody(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Show a month of the calendar, what was decided and what waits."""
    child = get_child(request.household, public_id)
    known, names = list(custodies_of(child)), _names(request.household, child)
    today = timezone.localdate()
    first = first_of(request.GET.get("month", ""), today=today)
    context = {
        "child": child,
        "first": first,
        "before": month_before(first),
        "after": month_after(first),
        "weeks": calendar_of(known, first, names),
        "lines": [custody_line(each, names) for each in known],
        "today": today,
        "is_shared": len(names) > 1,
    }
    return render(request, "families/custody.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def custody_propose(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Propose an arrangement to the town, which decides for both households."""
    child = get_child(request.household, public_id)
    names = _names(request.household, child)
    households = Household.objects.filter(pk__in=names)
    form = CustodyForm(
        request.POST or None,
        households={each: names[each.pk] for each in households},
        initial={"from_on": timezone.localdate()},
    )
    if form.is_valid():
        try:
            propose_custody(
                child=child,
                arrangement=form.to_arrangement(),
                by=request.household,
                actor=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The town will look at your proposal."))
            return redirect("families:custody", public_id)
    return render(
        request, "families/custody_propose.html", {"form": form, "child": child}
    )


def _names(household: Household, child: Child) -> dict[int, str]:
    """Return a word for each household of the child, the reader's own first."""
    others = shared_with(household, [child.pk]).get(child.pk, [])
    return {
        household.pk: _("With you"),
        **{each.household_id: each.name for each in others},
    }
