"""Holiday courses: choose children, then sessions, and put them in the basket."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from catalog.enums import ActivityKind
from catalog.models import Activity
from enrolment.forms.bookings import children_asked, read_pairs
from enrolment.services.courses_page import read_courses
from enrolment.services.holding import Wanted, hold_places
from enrolment.services.refused_lines import say_refused
from enrolment.views.pages import get_activity, read_clock, say_all
from families.views.access import FamilyRequest, family_required
from tenants.townhall.queries import town_settings


@require_http_methods(["GET", "POST"])
@family_required
def courses(request: FamilyRequest, activity: UUID) -> HttpResponse:
    """Show what is open to the children chosen; hold what is ticked."""
    known = get_activity(activity, ActivityKind.COURSE)
    if request.method == "POST":
        return _hold(request, known)
    clock = read_clock()
    chosen = children_asked(request.GET)
    page = read_courses(
        request.household, known, chosen, now=clock.now, zone=clock.zone
    )
    context = {"page": page, "activity": known, "chosen": chosen}
    return render(request, "enrolment/bookings/courses.html", context)


def _hold(request: FamilyRequest, activity: Activity) -> HttpResponse:
    """Hold the places ticked: sending the same boxes twice holds them once."""
    pairs = read_pairs(request.POST.getlist("place"))
    if not pairs:
        messages.warning(request, _("Tick at least one box first."))
        return redirect(request.get_full_path())
    clock = read_clock()
    choice, plan = hold_places(
        wanted=Wanted(request.household, activity, pairs),
        account=request.user,
        now=clock.now,
        zone=clock.zone,
        minutes=town_settings().basket_minutes,
    )
    names = {child.id: child.first_name for child in plan.facts.children.values()}
    say_all(request, say_refused(choice.refused, names))
    held = len(choice.quotes)
    if held:
        sentence = ngettext(
            "%(count)s place is kept for you.",
            "%(count)s places are kept for you.",
            held,
        )
        messages.success(request, sentence % {"count": held})
    if held or choice.kept:
        return redirect(reverse("enrolment:basket"))
    return redirect(request.get_full_path())
