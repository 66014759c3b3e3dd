"""The list of tariffs, and one version: read it, try it, publish it."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks
from wagtail.admin import messages

from catalog.domain.prices import parse_tariff
from catalog.forms.tariffs import TariffForm
from catalog.models import Activity, Tariff, TariffVersion
from catalog.services.tariff_wording import tariff_in_words
from catalog.services.tariffs import create_tariff, delete_draft, publish_version
from catalog.views.staff.trials import trial_of
from foundation.backoffice.access import ClerkRequest, clerk_who, holds
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.problems import ConfigurationError, explain
from tenants.queries import current_town
from tenants.townhall.queries import scope_of

may_change = clerk_who(holds("catalog.change_tariffversion"))


def trail() -> list[tuple[object, str]]:
    """Return the way back from a tariff to the list."""
    return [(_("Tariffs"), reverse("catalog_staff:tariffs"))]


def find_version(request: ClerkRequest, public_id: UUID) -> TariffVersion:
    """Return a version a clerk sees, with its tariff, or raise Http404."""
    found = TariffVersion.objects.in_scope(scope_of(request.user))
    return get_object_or_404(found.select_related("tariff"), public_id=public_id)


@may_change
@require_safe
def index(request: ClerkRequest) -> HttpResponse:
    """List the tariffs with their versions, the latest first."""
    today = timezone.localdate()
    versions = TariffVersion.objects.replaced_by(today).defer("rules")
    scope = scope_of(request.user)
    activities = Activity.objects.in_scope(scope)
    tariffs = (
        Tariff.objects.in_scope(scope)
        .order_by("name")
        .prefetch_related(
            Prefetch("versions", versions.order_by("-effective_from", "-id")),
            Prefetch("activities", activities),
        )
    )
    return staff_page(
        request,
        "catalog/staff/tariffs.html",
        title=_("Tariffs"),
        icon="tag",
        tariffs=tariffs,
        today=today,
    )


@may_change
@require_http_methods(["GET", "POST"])
def create(request: ClerkRequest) -> HttpResponse:
    """Name a new tariff, then write its first version."""
    form = TariffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tariff = create_tariff(name=form.cleaned_data["name"], actor=request.user)
        return redirect("catalog_staff:new_version", tariff.public_id)
    return staff_page(
        request,
        "catalog/staff/tariff_new.html",
        title=_("New tariff"),
        trail=trail(),
        form=form,
    )


@may_change
@require_safe
def version(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show a version in words, with a box to try it."""
    found = find_version(request, public_id)
    try:
        tariff = parse_tariff(found.rules)
    except ConfigurationError as error:
        sentences = [f"{each.path}: {explain(each)}" for each in error.problems]
        context: dict[str, Any] = {"unreadable": sentences}
    else:
        given = request.GET if "try" in request.GET else None
        trial = trial_of(given, tariff)
        context = {"words": tariff_in_words(found.rules), "trial": trial}
    return staff_page(
        request,
        "catalog/staff/tariff_version.html",
        title=f"{found.tariff} – {found.vote_number}",  # noqa: RUF001 - a dash.
        trail=trail(),
        version=found,
        links=[link(found) for link in hooks.get_hooks("tariff_version_links")],
        **context,
    )


@may_change
@require_http_methods(["GET", "POST"])
def publish(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Ask to confirm: a published version never changes."""
    found = find_version(request, public_id)
    refusal = ""
    if request.method == "POST":
        try:
            publish_version(
                version=found,
                currency=current_town().currency,
                actor=request.user,
                now=timezone.now(),
            )
        except DomainError as error:
            refusal = str(error)
        else:
            messages.success(request, _("The version is published."))
            return redirect("catalog_staff:version", public_id)
    return staff_page(
        request,
        "catalog/staff/tariff_publish.html",
        title=_("Publish this version"),
        trail=trail(),
        version=found,
        words=tariff_in_words(found.rules),
        is_past=found.effective_from < timezone.localdate(),
        refusal=refusal,
    )


@may_change
@require_http_methods(["POST"])
def delete(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Give a draft up."""
    try:
        delete_draft(version=find_version(request, public_id), actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The draft is deleted."))
    return redirect("catalog_staff:tariffs")
