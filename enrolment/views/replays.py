"""Staff: try a version of a tariff on a past period before the council votes."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalog.models import TariffVersion
from enrolment.forms.what_if import ReplayForm
from enrolment.models import TariffReplay
from enrolment.services.replay_page import lines_of, shown
from enrolment.services.what_if import ask_replay
from foundation.backoffice.access import ClerkRequest, clerk_who, holds
from foundation.backoffice.frame import staff_page, table_to_take_away
from foundation.errors import DomainError
from foundation.problems import ConfigurationError, explain
from tenants.townhall.queries import scope_of

ABOUT_A_YEAR = timedelta(days=365)
SHOWN = 10

may_change = clerk_who(holds("catalog.change_tariffversion"))


@may_change
@require_http_methods(["GET", "POST"])
def ask(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Choose the days; the worker does the rest."""
    mine = TariffVersion.objects.in_scope(scope_of(request.user))
    version = get_object_or_404(mine.select_related("tariff"), public_id=public_id)
    today = timezone.localdate()
    days = {"first": today - ABOUT_A_YEAR, "last": today - timedelta(days=1)}
    form = ReplayForm(request.POST or None, initial=days)
    if request.method == "POST" and form.is_valid():
        asked = _asked(request, version, form)
        if asked is not None:
            return redirect("tariff_replays:replay", asked.public_id)
    return staff_page(
        request,
        "enrolment/replays/ask.html",
        title=_("Try it on the past"),
        trail=_trail(version),
        form=form,
        version=version,
        replays=_mine(request).filter(version=version)[:SHOWN],
    )


@may_change
@require_GET
def replay(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show who would pay less and who would pay more."""
    found = get_object_or_404(_mine(request), public_id=public_id)
    return staff_page(
        request,
        "enrolment/replays/replay.html",
        title=_("Tried on the past"),
        trail=_trail(found.version),
        replay=found,
        page=shown(found),
    )


@may_change
@require_GET
def replay_file(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Give the same rows as a table."""
    found = get_object_or_404(_mine(request), public_id=public_id)
    page = shown(found)
    if page is None:
        raise Http404
    return table_to_take_away("tariff-tried", lines_of(page))


def _asked(
    request: ClerkRequest, version: TariffVersion, form: ReplayForm
) -> TariffReplay | None:
    """Ask for the replay; None when it cannot be, told in the form."""
    try:
        return ask_replay(
            version=version,
            period=form.period,
            actor=request.user,
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error(None, str(error))
    except ConfigurationError as error:
        form.add_error(None, [explain(each) for each in error.problems])
    return None


def _mine(request: ClerkRequest) -> QuerySet[TariffReplay]:
    """Return the trials this clerk asked for: sums follow what a clerk may see."""
    asked = TariffReplay.objects.filter(
        asked_by=request.user,
        version__in=TariffVersion.objects.in_scope(scope_of(request.user)),
    )
    return asked.select_related("version__tariff")


def _trail(version: TariffVersion) -> list[tuple[object, str]]:
    return [
        (_("Tariffs"), reverse("catalog_staff:tariffs")),
        (str(version), reverse("catalog_staff:version", args=[version.public_id])),
    ]
