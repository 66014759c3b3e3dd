"""The operators' console: open towns, suspend them, open them again."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from foundation.access import Audience, mark
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.idempotency.services import once
from tenants.forms import OpenTownForm, ReopenForm, SuspendForm
from tenants.models import Town
from tenants.queries import base_url_of, console_towns, history_of
from tenants.services.lifecycle import reopen_town, suspend_town
from tenants.services.opening import await_town, retry_town
from tenants.services.packing import take_configuration

View = Callable[..., HttpResponse]
TOWNS_ON_A_PAGE = 50


def operators_only(view: View) -> View:
    """Let operators in; anybody else signs in first, or is refused."""

    @wraps(view)
    def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not request.user.is_staff:
            raise PermissionDenied
        return view(request, **arguments)

    return mark(login_required(guarded), Audience.OPERATOR)


@operators_only
@require_safe
def towns(request: HttpRequest) -> HttpResponse:
    """List the towns."""
    # PostgreSQL refuses texts with a NUL, even to compare with.
    words = request.GET.get("q", "").replace("\0", "").strip()
    page = Paginator(console_towns(words), TOWNS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "console/towns.html", {"page": page, "words": words})


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def open_town(request: HttpRequest) -> HttpResponse:
    """Ask what a town needs, and have it made."""
    form = OpenTownForm(_sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_open_once(request, form))
        except DomainError as error:
            form.add_error("host", str(error))
    return render(request, "console/open.html", {"form": form})


@operators_only
@require_safe
def town(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one town; while it opens, the fragment asks again by itself."""
    found = _town(public_id)
    about = {"town": found, "address": f"{base_url_of(found)}/"}
    if request.headers.get("HX-Request"):
        return render(request, "console/_status.html", about)
    about |= {"rows": _facts(found), "history": history_of(found)}
    return render(request, "console/town.html", about)


@operators_only
@require_POST
def retry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Have a town made again after a failure."""
    found = _town(public_id)
    retry_town(town=found, actor=_actor(request))
    return redirect("console:town", public_id=found.public_id)


@operators_only
@require_POST
def configuration(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand over a town's file, whole or for a neighbour to start from."""
    found = _town(public_id)
    neighbour = "neighbour" in request.POST
    try:
        content = take_configuration(
            town=found, actor=_actor(request), for_neighbour=neighbour
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("console:town", public_id=found.public_id)
    answer = HttpResponse(content, content_type="application/yaml; charset=utf-8")
    name = f"{found.schema_name}.yaml"
    answer["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003 - Django's signature.
    return answer


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask why, then close the portal for a while."""
    return _decide(
        request,
        _town(public_id),
        SuspendForm(_sent(request)),
        suspend_town,
        _("The portal is suspended. Families see that it is closed."),
    )


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Confirm, then serve families again."""
    return _decide(
        request,
        _town(public_id),
        ReopenForm(_sent(request)),
        reopen_town,
        _("The portal is open again."),
    )


def _sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, even nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def _decide(
    request: HttpRequest,
    found: Town,
    form: Form,
    act: Callable[..., Town],
    said: str,
) -> HttpResponse:
    """Show the confirmation page, or act and go back to the town."""
    if request.method == "POST" and form.is_valid():
        try:
            act(town=found, actor=_actor(request), reason=form.cleaned_data["reason"])
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
        return redirect("console:town", public_id=found.public_id)
    template = f"console/{act.__name__.removesuffix('_town')}.html"
    return render(request, template, {"form": form, "town": found})


def _open_once(request: HttpRequest, form: OpenTownForm) -> str:
    """Write the town down once, however often the form is sent."""
    data = form.cleaned_data["pack_data"]
    actor = _actor(request)

    def act() -> str:
        made = await_town(pack=data, actor=actor)
        return reverse("console:town", args=[made.public_id])

    return once(
        account=actor,
        key=form.cleaned_data["form_key"],
        purpose="open a town",
        answers=data,
        act=act,
    )


def _facts(found: Town) -> list[dict[str, str]]:
    """Return what the platform knows of a town, as `ui/summary_list`."""
    hosts = ", ".join(each.domain for each in found.domains.all())
    return [
        {"key": _("Host names"), "value": hosts},
        {"key": _("Kind"), "value": found.get_kind_display()},
        {"key": _("Language"), "value": found.get_locale_display()},
        {"key": _("Currency"), "value": found.get_currency_display()},
        {"key": _("Time zone"), "value": found.time_zone},
    ]


def _town(public_id: UUID) -> Town:
    return get_object_or_404(Town.objects.towns(), public_id=public_id)


def _actor(request: HttpRequest) -> Account:
    """Return the operator: `operators_only` saw to it that there is one."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user
