"""Staff: the counter. Opening a file there, and acting for the family in its space."""

from uuid import UUID

from django.contrib import messages as family_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from families.enums import VisitEnd
from families.forms.counter import NewFamilyForm
from families.models import CounterVisit
from families.policies import may_act_for_households
from families.queries.counter import visits_made
from families.services.counter import end_visit, start_visit
from families.services.new_families import open_at_counter
from families.services.recaps import print_recap, told_of
from families.views.staff.households import get_household
from families.views.staff.trails import file_trail
from families.views.staff.ways_in import pdf_response
from families.views.visits import enter_visit, leave_visit
from foundation.backoffice.access import ClerkRequest, clerk_who, decide, refuse
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError

may_enter = clerk_who(may_act_for_households)


@require_POST
@may_enter
def start(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Open the family space as a household of the clerk's scope."""
    known = get_household(request, public_id)
    try:
        visit = start_visit(household=known, clerk=request.user, now=timezone.now())
    except DomainError as error:
        back = reverse("families_ways_in:accounts", args=[public_id])
        return refuse(request, error, back=back)
    return _go(request, visit)


@require_http_methods(["GET", "POST"])
@may_enter
def new_family(request: ClerkRequest) -> HttpResponse:
    """Open the file of a family without e-mail, then act for it at once."""
    form = NewFamilyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_open_once(request, form))
        except DomainError as error:
            form.add_error(None, str(error))
    return staff_page(
        request,
        "families/staff/new_family.html",
        title=_("New family at the counter"),
        icon="group",
        form=form,
        same_names=form.same_names,
    )


@require_POST
@may_enter
def finish(request: ClerkRequest) -> HttpResponse:
    """End the visit this session is in, and offer its recap."""
    visit = visits_made(request.user).filter(ended_at=None).first()
    leave_visit(request)
    if visit is None:
        return redirect("wagtailadmin_home")
    end_visit(visit=visit, how=VisitEnd.FINISHED, now=timezone.now())
    return redirect("families_counter:visit", visit.public_id)


@require_GET
@may_enter
def visit(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Say what was done during one of the clerk's own visits."""
    known = _own(request, public_id)
    return staff_page(
        request,
        "families/staff/visit.html",
        title=_("At the counter: %(number)s") % {"number": known.household.file_number},
        trail=file_trail(known.household),
        icon="group",
        visit=known,
        parts=told_of(known),
    )


@require_POST
@may_enter
def recap(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Give the recap to print, with a new code if one is wanted."""
    known = _own(request, public_id)
    content = print_recap(
        visit=known,
        with_code="code" in request.POST,
        actor=request.user,
        now=timezone.now(),
    )
    return pdf_response(content, f"recap-{known.household.file_number}.pdf")


def _open_once(request: ClerkRequest, form: NewFamilyForm) -> str:
    def act() -> str:
        visit = open_at_counter(
            facts=form.to_facts(), clerk=request.user, now=timezone.now()
        )
        return str(visit.public_id)

    made = decide(
        request,
        key=form.cleaned_data["form_key"],
        purpose="family opened at the counter",
        answers=form.answers,
        act=act,
    )
    enter_visit(request, _own(request, UUID(made)))
    return reverse("families:children")


def _go(request: HttpRequest, visit: CounterVisit) -> HttpResponse:
    enter_visit(request, visit)
    family_messages.info(
        request, _("You act for this family. Finish when they leave the desk.")
    )
    return redirect("families:home")


def _own(request: ClerkRequest, public_id: UUID) -> CounterVisit:
    return get_object_or_404(visits_made(request.user), public_id=public_id)
