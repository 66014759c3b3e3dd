"""OpenID Connect as FranceConnect asks for it: state, nonce, PKCE, signed answers."""

import secrets
from datetime import date
from typing import Any
from urllib.parse import urlencode

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
)
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from django.http import HttpRequest, HttpResponse

from foundation.errors import DomainError
from portal.sign_in.tokens import read_token
from tenants.gateways.openid import check_discovery
from tenants.townhall.models import ProviderKind, SignInProvider

#: In the session: how to sign out of the service as well.
LEAVING = "sign_in_service"
# The levels of assurance that FranceConnect may answer with, the lowest asked for.
LEVELS = {"eidas1", "eidas2", "eidas3"}
SCOPES = {
    ProviderKind.OPENID: ["openid", "profile", "email"],
    ProviderKind.FRANCECONNECT: [
        *("openid", "email", "given_name", "family_name", "birthdate")
    ],
}


def as_app(row: SignInProvider) -> SocialApp:
    """Return a town's service as the library wants it; it is never saved."""
    return SocialApp(
        provider=OpenIDConnectProvider.id,
        provider_id=row.code,
        name=row.label,
        client_id=row.client_id,
        secret=row.secret,
        settings={
            "server_url": row.discovery_url,
            "kind": row.kind,
            "scope": SCOPES[ProviderKind(row.kind)],
            "oauth_pkce_enabled": True,
            "token_auth_method": "client_secret_post",
        },
    )


class TownOpenIDAdapter(OpenIDConnectOAuth2Adapter):
    """Believes an answer only if it is signed, fresh, and for this very visit."""

    nonce = ""

    @property
    def openid_config(self) -> Any:
        """Return what the service says of itself, its addresses checked."""
        if not hasattr(self, "_openid_config"):
            document = super().openid_config
            try:
                check_discovery(document)
            except DomainError as error:
                del self._openid_config
                raise OAuth2Error(str(error)) from error
        return self._openid_config

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Read who it is from the signed token, then from what the service tells."""
        id_token = kwargs["response"].get("id_token") or ""
        told = self._verify(app, id_token, "iss", "aud", "exp", "iat", "sub")
        if not self.nonce or not secrets.compare_digest(
            str(told.get("nonce", "")), self.nonce
        ):
            raise OAuth2Error("The answer belongs to another visit.")
        if app.settings["kind"] == ProviderKind.FRANCECONNECT and (
            told.get("acr") not in LEVELS
        ):
            raise OAuth2Error("The level of assurance is not the one asked for.")
        person = self._fetch_user_info(token.token)
        if person.get("sub") != told.get("sub") or not told.get("sub"):
            raise OAuth2Error("Two answers of the service differ.")
        self._remember_way_out(request, id_token)
        data = {"userinfo": person, "id_token": told}
        login = self.get_provider().sociallogin_from_response(request, data)
        request.born_on = _date(person.get("birthdate"))  # type: ignore[attr-defined] # Read by pre_social_login.
        return login

    def _verify(self, app: SocialApp, token: str, *needs: str) -> dict[str, Any]:
        """Return what a signed token says; its keys are asked each time."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        return read_token(
            token,
            keys=answer.json(),
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            needs=needs,
        )

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        """Return what the service tells; FranceConnect signs that answer too."""
        headers = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers=headers)
            answer.raise_for_status()
        if answer.headers.get("Content-Type", "").startswith("application/jwt"):
            return self._verify(
                self.get_provider().app, answer.text, "iss", "aud", "sub"
            )
        found = answer.json()
        if not isinstance(found, dict):
            raise OAuth2Error("The service told nothing.")
        return found

    def _remember_way_out(self, request: HttpRequest, id_token: str) -> None:
        endpoint = self.openid_config.get("end_session_endpoint", "")
        request.session[LEAVING] = {
            "service": self.get_provider().app.name,
            "endpoint": endpoint,
            "hint": id_token,
        }


class TownOpenIDProvider(OpenIDConnectProvider):
    """One of the town's services; nothing about it is taken from the address asked."""

    oauth2_adapter_class = TownOpenIDAdapter
    pkce_enabled_default = True

    def get_auth_params_from_request(
        self,
        request: HttpRequest,  # noqa: ARG002 - allauth's signature.
        action: Any,  # noqa: ARG002 - as above.
    ) -> dict[str, str]:
        """Ask for a level of assurance where the service knows levels."""
        if self.app.settings["kind"] == ProviderKind.FRANCECONNECT:
            return {"acr_values": "eidas1", "prompt": "login"}
        return {}

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:  # noqa: ARG002 - as above.
        """Ask for what an account needs, and nothing more."""
        return self.get_scope()  # type: ignore[no-any-return] # allauth has no types.

    def redirect(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the person there, with a nonce that only this visit knows."""
        nonce = secrets.token_urlsafe(32)
        kwargs["auth_params"] = {**(kwargs.get("auth_params") or {}), "nonce": nonce}
        response: HttpResponse = super().redirect(request, *args, nonce=nonce, **kwargs)
        return response

    def extract_extra_data(self, data: Any) -> dict[str, Any]:  # noqa: ARG002 - as above.
        """Keep no copy of what the service tells: the account has what we need."""
        return {}


class TownCallbackView(OAuth2CallbackView):
    """Hands the nonce of the visit to whoever reads the answer."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, response = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = state.get("nonce") or ""
        return state, response

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Treat an answer that makes no sense as a failed visit."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except (ValueError, KeyError, TypeError) as error:
            get_adapter().on_authentication_error(
                request, self.adapter.get_provider(), exception=error
            )
            raise ImmediateHttpResponse(HttpResponse(status=400)) from error


def way_out(request: HttpRequest, *, back: str) -> tuple[str, str]:
    """Return the service one came through and where to sign out of it, or nothing."""
    kept = request.session.get(LEAVING) or {}
    if not kept.get("endpoint"):
        return "", ""
    asked = {
        "id_token_hint": kept["hint"],
        "state": secrets.token_urlsafe(32),
        "post_logout_redirect_uri": back,
    }
    return kept["service"], f"{kept['endpoint']}?{urlencode(asked)}"


def _date(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
