"""The month of a child: choose days, check what changes, confirm once."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalog.enums import ActivityKind, BillingMode
from catalog.models import Activity
from enrolment.forms.bookings import ChangesForm, RhythmForm, read_ids, read_month
from enrolment.queries.bookings import booked_in
from enrolment.services.booking_errors import NothingBookedError
from enrolment.services.holding import Wanted, hold_places
from enrolment.services.month_check import Check, check_month, check_rhythm
from enrolment.services.month_page import MonthPage, read_month as read_page
from enrolment.services.month_wording import say_change
from enrolment.services.ordering import Changes, book_days
from enrolment.services.refused_lines import say_refused
from enrolment.views.pages import (
    Clock,
    get_activity,
    new_key,
    once_only,
    read_clock,
    say_all,
)
from families.views.access import FamilyRequest, family_required
from foundation.errors import DomainError
from foundation.periods import ONE_DAY, Period
from tenants.queries import current_town
from tenants.townhall.queries import town_settings


@dataclass(frozen=True, slots=True)
class Asked:
    """One child before one activity, at one moment."""

    request: FamilyRequest
    child: UUID
    activity: Activity
    clock: Clock

    @property
    def url(self) -> str:
        """The address of the grid, without its month."""
        ids = [self.child, self.activity.public_id]
        return reverse("enrolment:month", args=ids)

    def read(self, days: Period) -> MonthPage:
        """Read some days; another household's child is one that does not exist."""
        page = read_page(
            self.request.household,
            self.activity,
            self.child,
            days,
            now=self.clock.now,
            zone=self.clock.zone,
        )
        if page is None:
            raise Http404
        return page


@require_GET
@family_required
def month(request: FamilyRequest, child: UUID, activity: UUID) -> HttpResponse:
    """Show the month; ticks that come back from the check page are kept."""
    asked = _asked(request, child, activity)
    page = asked.read(read_month(request.GET.get("month"), today=asked.clock.today))
    ticked = set(page.booked)
    if "chosen" in request.GET:
        ticked = set(read_ids(request.GET.getlist("day")))
    rhythm = RhythmForm(weekdays=page.weekdays, today=asked.clock.today)
    return _show(asked, page, ticked, rhythm)


@require_http_methods(["GET", "POST"])
@family_required
def check(request: FamilyRequest, child: UUID, activity: UUID) -> HttpResponse:
    """Show what changes, and do it once it is confirmed."""
    asked = _asked(request, child, activity)
    if request.method == "POST":
        return _confirm(asked)
    today = asked.clock.today
    if "rhythm" not in request.GET:
        page = asked.read(read_month(request.GET.get("month"), today=today))
        ticked = set(read_ids(request.GET.getlist("day")))
        add_only = "copy" in request.GET
        return _show_check(asked, check_month(page, ticked, add_only=add_only))
    month_page = asked.read(read_month(request.GET.get("month"), today=today))
    form = RhythmForm(request.GET, weekdays=month_page.weekdays, today=today)
    if not form.is_valid():
        return _show(asked, month_page, month_page.booked, form)
    page = asked.read(Period(today, form.cleaned_data["until"] + ONE_DAY))
    return _show_check(asked, check_rhythm(page, form.days))


def _asked(request: FamilyRequest, child: UUID, activity: UUID) -> Asked:
    known = get_activity(activity, ActivityKind.DATED)
    return Asked(request, child, known, read_clock())


def _show(
    asked: Asked, page: MonthPage, ticked: set[UUID], rhythm: RhythmForm
) -> HttpResponse:
    context = {
        "page": page,
        "weeks": page.weeks(ticked),
        "first_day": page.month.start,
        "previous": page.month.start - ONE_DAY,
        "next": page.month.until,
        "currency": current_town().currency,
        "url": asked.url,
        "siblings": _siblings(asked, page),
        "rhythm": rhythm,
        "access_url": reverse("enrolment:request-new"),
    }
    return render(asked.request, "enrolment/bookings/month.html", context)


def _siblings(asked: Asked, page: MonthPage) -> list[dict[str, Any]]:
    """Return the other children who may have days of this month too."""
    found = []
    for child in page.plan.facts.children.values():
        ids = [child.public_id, asked.activity.public_id]
        allowed = any(
            page.plan.judge(place, child.id).may_book for place in page.plan.places
        )
        if child.id != page.child.id:
            found.append(
                {
                    "name": child.first_name,
                    "url": reverse("enrolment:month", args=ids),
                    "check": reverse("enrolment:month-check", args=ids),
                    "may_book": allowed,
                }
            )
    return found


def _show_check(asked: Asked, checked: Check) -> HttpResponse:
    month_text = f"{checked.page.month.start:%Y-%m}"
    back = urlencode(
        [("month", month_text), ("chosen", "1")]
        + [("day", str(each)) for each in sorted(checked.ticked)]
    )
    context = {
        "checked": checked,
        "page": checked.page,
        "back": f"{asked.url}?{back}",
        "total": say_change(checked.cost(current_town().currency)),
        "key": new_key(),
    }
    return render(asked.request, "enrolment/bookings/month_check.html", context)


def _confirm(asked: Asked) -> HttpResponse:
    form = ChangesForm(asked.request.POST)
    if not form.is_valid():
        return redirect(asked.url)
    data = form.cleaned_data
    answers = {name: sorted(map(str, data[name])) for name in ("add", "cancel")}
    try:
        location = once_only(
            asked.request,
            key=data["form_key"],
            purpose="book days",
            answers={**answers, "of": asked.url},
            act=lambda: _change(asked, data["add"], data["cancel"]),
        )
    except NothingBookedError as error:
        messages.error(asked.request, str(error))
        say_all(asked.request, say_refused(error.refused))
        return redirect(asked.url)
    except DomainError as error:
        messages.info(asked.request, str(error))
        return redirect(asked.url)
    return redirect(location)


def _change(asked: Asked, add: list[UUID], cancel: list[UUID]) -> str:
    """Book and cancel; return where to go next."""
    household, clock = asked.request.household, asked.clock
    wanted = Wanted(household, asked.activity, [(asked.child, each) for each in add])
    cancelled = booked_in(household, asked.activity, cancel)
    holds = bool(add) and asked.activity.service.billing_mode == BillingMode.PREPAID
    if holds and not cancelled:
        return _hold(asked, wanted)
    now_booked = Wanted(household, asked.activity, []) if holds else wanted
    done = book_days(
        changes=Changes(now_booked, cancelled),
        account=asked.request.user,
        now=clock.now,
        zone=clock.zone,
    )
    say_all(asked.request, say_refused(done.refused))
    if holds:
        return _hold(asked, wanted)
    if done.order is not None:
        return reverse("enrolment:order", args=[done.order.public_id])
    messages.success(asked.request, _("Your days are cancelled."))
    return asked.url


def _hold(asked: Asked, wanted: Wanted) -> str:
    """Put days that are paid in advance into the basket."""
    choice, _plan = hold_places(
        wanted=wanted,
        account=asked.request.user,
        now=asked.clock.now,
        zone=asked.clock.zone,
        minutes=town_settings().basket_minutes,
    )
    say_all(asked.request, say_refused(choice.refused))
    return reverse("enrolment:basket")
