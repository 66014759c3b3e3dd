"""The basket: what is kept and until when, check, confirm."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enrolment.enums import BookingStatus
from enrolment.forms.bookings import OrderForm
from enrolment.queries.basket import Basket, basket_of
from enrolment.queries.bookings import get_booking, latest_order
from enrolment.queries.planning import read_activity
from enrolment.services.basket_lines import extras_of, lines_of
from enrolment.services.holding import Wanted, hold_places, release_place
from enrolment.services.ordering import place_order
from enrolment.services.refused_lines import say_refused
from enrolment.services.retrying import retried
from enrolment.views.pages import Clock, new_key, once_only, read_clock, say_all
from families.views.access import FamilyRequest, family_required
from foundation.errors import DomainError
from tenants.queries import current_town
from tenants.townhall.queries import town_settings

#: An empty basket recalls what was confirmed since less than this.
RECALLED = timedelta(hours=1)


@require_GET
@family_required
def basket(request: FamilyRequest) -> HttpResponse:
    """Show the places kept, their prices, and how long they are kept."""
    clock = read_clock()
    held = basket_of(request.household, now=clock.now)
    context = {**_context(held), **_latest(request, held, clock)}
    return render(request, "enrolment/basket/basket.html", context)


@require_POST
@family_required
def remove(request: FamilyRequest, booking: UUID) -> HttpResponse:
    """Give a place back; a second click finds it gone and says nothing else."""
    clock = read_clock()
    known = get_booking(request.household, booking)
    freed = retried(
        lambda: release_place(
            household=request.household, booking=known, now=clock.now, zone=clock.zone
        )
    )
    if freed:
        messages.success(request, _("The place is given back."))
    return redirect("enrolment:basket")


@require_POST
@family_required
def hold_again(request: FamilyRequest, booking: UUID) -> HttpResponse:
    """Try to keep once more a place whose time was over."""
    known = get_booking(request.household, booking)
    activity = read_activity(pk=known.session.activity_id)
    if activity is None or known.status == BookingStatus.BOOKED:
        return redirect("enrolment:basket")
    clock = read_clock()
    pair = (known.child.public_id, known.session.public_id)
    choice, _plan = hold_places(
        wanted=Wanted(request.household, activity, [pair]),
        account=request.user,
        now=clock.now,
        zone=clock.zone,
        minutes=town_settings().basket_minutes,
    )
    names = {known.child_id: known.child.first_name}
    say_all(request, say_refused(choice.refused, names))
    if choice.quotes:
        messages.success(request, _("The place is kept for you again."))
    return redirect("enrolment:basket")


@require_http_methods(["GET", "POST"])
@family_required
def check(request: FamilyRequest) -> HttpResponse:
    """Show everything once more, then confirm."""
    if request.method == "POST":
        return _confirm(request)
    clock = read_clock()
    held = basket_of(request.household, now=clock.now)
    if not held.held:
        return redirect("enrolment:basket")
    context = {**_context(held), "key": new_key()}
    return render(request, "enrolment/basket/check.html", context)


def _confirm(request: FamilyRequest) -> HttpResponse:
    form = OrderForm(request.POST)
    if not form.is_valid():
        return redirect("enrolment:basket-check")
    shown = form.cleaned_data["line"]
    try:
        location = once_only(
            request,
            key=form.cleaned_data["form_key"],
            purpose="confirm basket",
            answers={"lines": sorted(map(str, shown))},
            act=lambda: _order(request, shown),
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("enrolment:basket")
    return redirect(location)


def _order(request: FamilyRequest, shown: list[UUID]) -> str:
    order = place_order(
        household=request.household,
        account=request.user,
        shown=shown,
        now=read_clock().now,
    )
    return reverse("enrolment:order", args=[order.public_id])


def _context(held: Basket) -> dict[str, object]:
    total = held.total(current_town().currency)
    extras = extras_of(held)
    return {
        "lines": lines_of(held.held),
        "lapsed": lines_of(held.lapsed),
        "until": held.until,
        "total": total,
        "extras": extras,
        "whole": sum((each.amount for each in extras), total),
    }


def _latest(request: FamilyRequest, held: Basket, clock: Clock) -> dict[str, object]:
    """Recall what was just confirmed to somebody who came back."""
    if held.held:
        return {}
    latest = latest_order(request.household, since=clock.now - RECALLED)
    if latest is None:
        return {}
    url = reverse("enrolment:order", args=[latest.public_id])
    return {"latest": latest, "latest_url": url}
