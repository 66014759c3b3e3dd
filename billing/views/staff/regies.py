"""The services of a régie, chosen by an administrator."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from billing.forms.regies import RegieServicesForm
from billing.models import Regie
from billing.services.regie_services import choose_services
from foundation.backoffice.access import ClerkRequest, clerk_who, holds
from foundation.backoffice.frame import staff_page
from tenants.townhall.queries import scope_of


@require_http_methods(["GET", "POST"])
@clerk_who(holds("billing.change_regie"))
def regie_services(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Tick the services that a régie bills."""
    scope = scope_of(request.user)
    regie = get_object_or_404(Regie.objects.in_scope(scope), public_id=public_id)
    form = RegieServicesForm(request.POST or None, regie=regie, scope=scope)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["services"]
        choose_services(regie=regie, services=chosen, actor=request.user)
        messages.success(request, _("The services of the régie are chosen."))
        return redirect("billing_staff:regies")
    return staff_page(
        request,
        "billing/staff/regie_services.html",
        title=_("Services of %(regie)s") % {"regie": regie},
        trail=[(_("Régies and taxes"), reverse("billing_staff:regies"))],
        form=form,
    )
