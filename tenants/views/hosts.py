"""The operators' page of a town's host names."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.accounts.models import Account
from foundation.errors import DomainError
from tenants.forms import HostForm
from tenants.models import Domain, Town
from tenants.services.hosts import add_host, choose_host, remove_host
from tenants.views.console import operators_only


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def hosts(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """List the host names of a town, and add one."""
    found = _town(public_id)
    form = HostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["host"]
        try:
            added = add_host(town=found, typed=typed, actor=_actor(request))
        except DomainError as error:
            form.add_error("host", str(error))
        else:
            said = _("%(host)s leads to this town now.")
            messages.success(request, said % {"host": added.domain})
            return redirect("console:hosts", public_id=public_id)
    known = found.domains.order_by("-is_primary", "domain")
    context = {"form": form, "town": found, "hosts": known}
    return render(request, "console/hosts.html", context)


@operators_only
@require_POST
def host_choose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Use a host name in messages."""
    found = _town(public_id)
    domain = _host(found, request.POST)
    choose_host(town=found, domain=domain, actor=_actor(request))
    said = _("Messages of this town lead to %(host)s now.")
    messages.success(request, said % {"host": domain.domain})
    return redirect("console:hosts", public_id=public_id)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def host_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask, then stop answering on a host name."""
    found = _town(public_id)
    domain = _host(found, request.POST or request.GET)
    if request.method != "POST":
        context = {"town": found, "domain": domain}
        return render(request, "console/host_remove.html", context)
    try:
        remove_host(town=found, domain=domain, actor=_actor(request))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        said = _("%(host)s no longer leads to this town.")
        messages.success(request, said % {"host": domain.domain})
    return redirect("console:hosts", public_id=public_id)


def _town(public_id: UUID) -> Town:
    return get_object_or_404(Town.objects.towns(), public_id=public_id)


def _actor(request: HttpRequest) -> Account:
    """Return the operator: `operators_only` saw to it that there is one."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def _host(town: Town, given: QueryDict) -> Domain:
    """Return the host name that was asked for, of this town, or raise Http404."""
    # PostgreSQL refuses texts with a NUL, even to compare with.
    name = given.get("host", "").replace("\0", "")
    found: Domain = get_object_or_404(town.domains, domain=name)
    return found
