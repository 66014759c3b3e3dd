"""Start a season: the official calendar, and the copy of the season before."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from catalog.forms.school_years import SchoolYearForm, usual_of
from catalog.forms.seasons import SeasonForm
from catalog.models import SeasonCopy
from catalog.services.school_years import add_school_year, plan_school_year
from catalog.services.season_parts import Season
from catalog.services.seasons import copy_season, preview_season, undo_season
from foundation.backoffice.access import ClerkRequest, clerk_who, holds, refuse
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from tenants.queries import current_town
from tenants.townhall.policies import holds_for_whole_town
from tenants.townhall.queries import scope_of

LATEST = 20


@clerk_who(holds_for_whole_town("catalog.add_calendarperiod"))
@require_http_methods(["GET", "HEAD", "POST"])
def school_year(request: ClerkRequest) -> HttpResponse:
    """Choose a zone and a year, look at the dates, then add them."""
    form = SchoolYearForm(request.POST or None, initial=usual_of(current_town().locale))
    plan = None
    if request.method == "POST" and form.is_valid():
        locale = current_town().locale
        with translation.override(locale):
            if "confirm" in request.POST:
                done = add_school_year(
                    **form.cleaned_data, language=locale, actor=request.user
                )
                _say_added(request, len(done.periods))
                return redirect("calendar-periods:index")
            plan = plan_school_year(**form.cleaned_data, language=locale)
    return staff_page(
        request,
        "catalog/staff/school_year.html",
        title=_("Add a school year"),
        trail=[(_("School calendar"), reverse("calendar-periods:index"))],
        form=form,
        plan=plan,
    )


@clerk_who(holds("catalog.add_session"))
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: ClerkRequest) -> HttpResponse:
    """Choose services and seasons, look at what is made, then copy."""
    scope = scope_of(request.user)
    form = SeasonForm(request.POST or None, initial=request.GET.dict(), scope=scope)
    reports = None
    if request.method == "POST" and form.is_valid():
        season = Season(
            form.cleaned_data["old"],
            form.cleaned_data["new"],
            ZoneInfo(current_town().time_zone),
        )
        if "confirm" in request.POST:
            return _copy_all(request, form, season)
        reports = [preview_season(service=s, season=season) for s in form.services]
    copies = SeasonCopy.objects.in_scope(scope).select_related("service", "made_by")
    return staff_page(
        request,
        "catalog/staff/copy_season.html",
        title=_("Copy a season"),
        trail=[(_("Services"), reverse("services:index"))],
        form=form,
        reports=reports,
        made=sum(each.made for each in reports or ()),
        copies=copies.order_by("-made_at")[:LATEST],
    )


@clerk_who(holds("catalog.delete_session"))
@require_POST
def undo(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Take back what a copy made, as long as nobody booked."""
    within = SeasonCopy.objects.in_scope(scope_of(request.user))
    copied = get_object_or_404(within, public_id=public_id)
    try:
        undo_season(copied=copied, actor=request.user, now=timezone.now())
    except DomainError as error:
        return refuse(request, error, back="catalog_staff:copy_season")
    messages.success(request, _("The copy is undone."))
    return redirect("catalog_staff:copy_season")


def _copy_all(request: ClerkRequest, form: SeasonForm, season: Season) -> HttpResponse:
    with transaction.atomic():
        reports = [
            copy_season(
                service=each, season=season, actor=request.user, now=timezone.now()
            )
            for each in form.services
        ]
    count = sum(len(a.sessions) for each in reports for a in each.activities)
    text = ngettext("%(count)s session is made.", "%(count)s sessions are made.", count)
    messages.success(request, text % {"count": count})
    return redirect("catalog_staff:copy_season")


def _say_added(request: HttpRequest, count: int) -> None:
    text = ngettext(
        "%(count)s period is in the calendar.",
        "%(count)s periods are in the calendar.",
        count,
    )
    messages.success(request, text % {"count": count})
