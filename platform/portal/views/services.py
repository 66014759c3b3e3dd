"""Signing in through a service the town chose, and out of it again."""

from typing import Any

from allauth.account.views import LoginView, LogoutView
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal.flows import connect
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2LoginView
from allauth.socialaccount.views import SignupView
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from django_tenants.utils import get_public_schema_name
from requests import RequestException

from families.views.confirming import ask_first
from foundation.access import Audience, open_to_all
from foundation.town import current_schema
from portal.addresses import current_base_url
from portal.sign_in.links import linked_services, offered_services
from portal.sign_in.openid import TownCallbackView, TownOpenIDAdapter, way_out
from portal.views.security import signed_in

# A page elsewhere may not start a visit in somebody's name.
OWN_PAGES = {"same-origin", "none", ""}


@open_to_all
@never_cache
@require_GET
def leave_for_service(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the person to the service, from our own pages only."""
    if request.headers.get("Sec-Fetch-Site", "") not in OWN_PAGES:
        return redirect("account_login")
    return _answer(OAuth2LoginView, request, provider_id)


@open_to_all
@never_cache
@require_GET
def return_from_service(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Read what the service says, for the visit that this browser began."""
    with transaction.atomic():
        return _answer(TownCallbackView, request, provider_id)


def _answer(view: Any, request: HttpRequest, code: str) -> HttpResponse:
    adapter = TownOpenIDAdapter(request, code)
    try:
        response: HttpResponse = view.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, OAuth2Error) as error:
        response = render_authentication_error(
            request, adapter.get_provider(), exception=error
        )
    return response


class SignInView(LoginView):
    """Address and password, a passkey, or a service of the town."""

    audience = Audience.EVERYBODY

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the services that the town offers."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "services": offered_services(self.request)}


class ServiceSignUpView(SignupView):
    """The town's own questions, for somebody whom a service sent."""

    audience = Audience.EVERYBODY

    def form_valid(self, form: Any) -> HttpResponse:
        """Create the account, the person and the link together."""
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
        return response

    def get_authenticated_redirect_url(self) -> str:
        """Somebody signed in has nothing to do here."""
        return reverse("account_security")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def unlink(request: HttpRequest, code: str) -> HttpResponse:
    """Ask first, then undo the link of a service, unless it is the only way in."""
    if current_schema() == get_public_schema_name():
        raise Http404
    linked = get_object_or_404(SocialAccount, user=request.user, provider=code)
    if request.method != "POST":
        names = {each.code: each.label for each in linked_services(request)}
        return ask_first(
            request,
            title=_("Stop signing in with %(name)s") % {"name": names.get(code, code)},
            text=_("Your account stays. You sign in another way from now on."),
            button=_("Remove the link"),
            back=reverse("account_security"),
            back_text=_("Sign-in and security"),
        )
    try:
        connect.validate_disconnect(request, linked)
        connect.disconnect(request, linked)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("account_security")


class SignOutView(LogoutView):
    """Sign out here, then offer to sign out of the service one came through."""

    audience = Audience.EVERYBODY

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session; browsers forbid a form to lead to another site."""
        back = current_base_url() + reverse("account_signed_out")
        service, address = way_out(self.request, back=back)
        response: HttpResponse = super().post(*args, **kwargs)
        if not address:
            return response
        context = {"service": service, "address": address}
        return render(self.request, "account/signed_out.html", context)


@open_to_all
@never_cache
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Where the service sends people back to."""
    return render(request, "account/signed_out.html")


sign_in = SignInView.as_view()
sign_up = ServiceSignUpView.as_view()
sign_out = SignOutView.as_view()
