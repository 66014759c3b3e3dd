"""What happens around every request."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.messages import warning
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tenants.middleware.main import TenantMainMiddleware

from foundation.town import current_tenant, enter_public
from foundation.ui.shell import Shell
from portal.csp import BACK_OFFICE
from portal.views.errors import page_not_found
from tenants.enums import TownState
from tenants.models import Domain, Town

Handler = Callable[[HttpRequest], HttpResponse]

SERVED = {TownState.OPEN}


class TownMiddleware(TenantMainMiddleware):
    """Leads a host name to its town, and leaves the thread in public afterwards.

    A host without a town answers a plain 404 that names nobody. A town that is not
    open answers 503 and says so.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Enter the town, or answer in its place."""
        if is_preview(request):
            request.tenant = current_tenant()  # type: ignore[attr-defined] # As below.
            return None
        response: HttpResponse | None = super().process_request(request)
        if response is not None:
            return response
        town: Town = request.tenant  # type: ignore[attr-defined] # Set just above.
        if town.is_public or town.state in SERVED:
            return None
        if town.state == TownState.ERASED:
            return self.no_tenant_found(request, town.domain_url)
        enter_public()
        with translation.override(town.locale):
            message = _("The portal of %(town)s is closed for now. Please come back.")
            about = {"message": message % {"town": town.name}}
            return HttpResponse(
                render_to_string("503.html", {**about, "site": Shell(name=town.name)}),
                status=503,
                headers={"Retry-After": "3600"},
            )

    def get_tenant(self, domain_model: type[Domain], hostname: str) -> Town:
        """Find the town; a trailing dot or capitals are the same host."""
        town: Town = super().get_tenant(
            domain_model, hostname.removesuffix(".").lower()
        )
        return town

    def no_tenant_found(
        self, request: HttpRequest, hostname: str | None
    ) -> HttpResponse:
        """Answer for an unknown host, without the look of any town."""
        return HttpResponseNotFound(render_to_string("unknown_host.html"))

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        """Forget the town: the thread's next work must name its own."""
        if not is_preview(request):
            enter_public()
        return response


def is_preview(request: HttpRequest) -> bool:
    """Tell whether Wagtail made this request, inside another one, to draw a page.

    It may name the platform's own host, and its end is not the end of the work: the
    town of the real request stays.
    """
    return bool(getattr(request, "is_dummy", False))


class TownLocaleMiddleware:
    """Speaks the town's language and keeps its hours."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate both for the time of the request."""
        town: Town = request.tenant  # type: ignore[attr-defined] # Set by TownMiddleware.
        locale = town.locale or settings.LANGUAGE_CODE
        with translation.override(locale), timezone.override(town.time_zone):
            request.LANGUAGE_CODE = translation.get_language() or locale
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response


class PrivacyHeadersMiddleware:
    """Keeps personal pages out of every cache, and devices' sensors off."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers; a view that set its own Cache-Control keeps it."""
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class BackOfficeDoorMiddleware:
    """Shows nothing of the back office to families: for them it does not exist.

    Wagtail would send them to sign in, where they already are, and back.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 404 to whoever is signed in and may not enter."""
        user = request.user
        if (
            request.path.startswith(BACK_OFFICE)
            and user.is_authenticated
            and not (user.is_staff and user.has_perm("wagtailadmin.access_admin"))
        ):
            return page_not_found(request, Http404())
        return self.get_response(request)


class FrameMiddleware:
    """Keeps the page's frame: allauth's views give another thing named `site`."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Change nothing here."""
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """Let the context processor's `site` through on the account pages."""
        if request.path.startswith("/accounts/") and response.context_data:
            response.context_data.pop("site", None)
        return response


class StaffSecondFactorMiddleware:
    """Sends staff and operators without a second factor to set one up."""

    ALLOWED = ("/accounts/", "/static/", "/theme")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let everybody else through."""
        if self._must_set_up(request):
            warning(request, _("Set up a second factor to go on: staff need one."))
            return redirect("mfa_index")
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        user = request.user
        if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated:
            return False
        if not user.is_staff or request.path.startswith(self.ALLOWED):
            return False
        from portal.sign_in.second_factor import (  # noqa: PLC0415 - models load first.
            has_second_factor,
        )

        return not has_second_factor(user)
