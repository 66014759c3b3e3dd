"""The family's bookings: the list, an order, a cancellation."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from enrolment.enums import BookingStatus
from enrolment.forms.bookings import KeyForm
from enrolment.models import Booking
from enrolment.queries.basket import count_held
from enrolment.queries.bookings import (
    bookable_by,
    bookings_in,
    get_booking,
    get_order,
    history_of,
    upcoming_of,
)
from enrolment.services.basket_lines import lines_of, lines_with_lateness
from enrolment.services.cancelling import cancel_booking
from enrolment.services.terms import term_of
from enrolment.views.pages import new_key, once_only, read_clock
from families.queries import addresses_for
from families.views.access import FamilyRequest, family_required
from foundation.errors import DomainError
from foundation.money import Money

PER_PAGE = 30


@require_GET
@family_required
def bookings(request: FamilyRequest) -> HttpResponse:
    """List what is booked from today on, and where to book more."""
    clock = read_clock()
    shown = upcoming_of(request.household, today=clock.today)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines_with_lateness(page.object_list),
        "bookable": bookable_by(request.household, today=clock.today),
        "in_basket": count_held(request.household, now=clock.now),
    }
    return render(request, "enrolment/bookings/bookings.html", context)


@require_GET
@family_required
def history(request: FamilyRequest) -> HttpResponse:
    """List what is over, and what was cancelled."""
    shown = history_of(request.household, today=read_clock().today)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": lines_with_lateness(page.object_list)}
    return render(request, "enrolment/bookings/history.html", context)


@require_GET
@family_required
def order(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Show an order: what is booked, what comes next."""
    known = get_order(request.household, public_id)
    places = list(bookings_in(known))
    modes = {each.session.activity.service.billing_mode for each in places}
    context = {
        "order": known,
        "lines": lines_of(places),
        "total": Money(known.total_minor, known.currency),
        "modes": modes,
        "email": ", ".join(addresses_for(request.user, request.household)),
    }
    return render(request, "enrolment/bookings/order.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def cancel(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Say on what terms a booking is cancelled, then cancel it."""
    known = get_booking(request.household, public_id)
    if request.method == "POST":
        return _cancel(request, known)
    if known.status != BookingStatus.BOOKED:
        messages.info(request, _("This booking is cancelled already."))
        return redirect("enrolment:bookings")
    clock = read_clock()
    term = term_of(known, request.household, now=clock.now, zone=clock.zone)
    line = lines_of([known])[0]
    context = {"term": term, "line": line, "key": new_key()}
    return render(request, "enrolment/bookings/cancel.html", context)


def _cancel(request: FamilyRequest, known: Booking) -> HttpResponse:
    form = KeyForm(request.POST)
    if not form.is_valid():
        return redirect("enrolment:booking-cancel", known.public_id)
    try:
        location = once_only(
            request,
            key=form.cleaned_data["form_key"],
            purpose="cancel booking",
            answers={"booking": str(known.public_id)},
            act=lambda: _give_up(request, known),
        )
    except DomainError as error:
        messages.info(request, str(error))
        return redirect("enrolment:bookings")
    return redirect(location)


def _give_up(request: FamilyRequest, known: Booking) -> str:
    clock = read_clock()
    cancelled = cancel_booking(
        booking=known,
        household=request.household,
        account=request.user,
        now=clock.now,
        zone=clock.zone,
    )
    if cancelled.cancelled_late:
        messages.warning(
            request, _("It is cancelled. It was too late: it is still to be paid.")
        )
    else:
        messages.success(request, _("It is cancelled. You have nothing to pay."))
    return reverse("enrolment:bookings")
