"""The settings of the town, for its administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from foundation.backoffice.access import clerk_who
from foundation.backoffice.frame import staff_page
from tenants.townhall.forms import TownSettingsForm
from tenants.townhall.models import TownSettings
from tenants.townhall.policies import may_change_settings
from tenants.townhall.services import change_settings


@clerk_who(may_change_settings)
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show the settings, and save them with the stylesheet of their colours."""
    form = TownSettingsForm(
        request.POST or None,
        request.FILES or None,
        instance=TownSettings.objects.get(pk=1),
    )
    if request.method == "POST" and form.is_valid():
        change_settings(settings=form.instance, actor=request.user)  # type: ignore[arg-type] # Signed in: a back-office page.
        messages.success(request, _("The settings are saved."))
        return redirect("townhall_settings")
    return staff_page(
        request,
        "townhall/settings.html",
        title=_("Settings of the town"),
        form=form,
    )
