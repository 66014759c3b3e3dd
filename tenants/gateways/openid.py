"""Ask a sign-in service over HTTPS: where it answers, and what it says.

A clerk types its address, so it may lead anywhere: to the platform's own network, to
a machine's metadata, to a page without end. The address is judged on the connection
itself, after the name was resolved: a name that changes its mind gains nothing.
"""

import ipaddress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from foundation.errors import DomainError

SECONDS = 5
LARGEST_ANSWER = 1024 * 1024
ENDPOINTS = (
    "authorization_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
    "jwks_uri",
)


class UnsafeAddressError(DomainError):
    """The address is not one that we may ask."""

    def __init__(self) -> None:
        super().__init__(
            _("Give an address that starts with https:// and is on the internet.")
        )


class ServiceUnreachableError(DomainError):
    """Nobody answers there, or not as a sign-in service does."""

    def __init__(self) -> None:
        super().__init__(_("No sign-in service answers at this address. Check it."))


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a service says of itself."""

    issuer: str
    document: dict[str, Any]


def is_safe(url: str) -> bool:
    """Tell whether an address may be asked at all, before its name is looked up."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.username or parts.password or not host:
        return False
    local = settings.SIGN_IN_SERVICES_MAY_BE_LOCAL
    return parts.scheme == "https" or (
        local and parts.scheme == "http" and host in {"localhost", "127.0.0.1"}
    )


def read_discovery(url: str) -> Discovery:
    """Return what a service says of itself.

    Raises UnsafeAddressError, or ServiceUnreachableError when the answer is not that
    of an OpenID Connect service or leads to an unsafe address.
    """
    if not is_safe(url):
        raise UnsafeAddressError
    try:
        with guarded_session() as session:
            answer = session.get(url)
            answer.raise_for_status()
            document = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ServiceUnreachableError from error
    return check_discovery(document)


def check_discovery(document: Any) -> Discovery:
    """Return a discovery document that may be trusted, or raise."""
    if not isinstance(document, dict) or not document.get("issuer"):
        raise ServiceUnreachableError
    for name in ENDPOINTS:
        if not is_safe(str(document.get(name, ""))):
            raise ServiceUnreachableError
    return Discovery(str(document["issuer"]), document)


def guarded_session() -> requests.Session:
    """Return a session that speaks HTTPS to the internet, briefly, and nothing else."""
    session = _BriefSession()
    # Proxies and passwords of the machine are not for addresses typed by clerks.
    session.trust_env = False
    session.max_redirects = 0
    session.adapters.clear()
    session.mount("https://", _GuardedAdapter())
    if settings.SIGN_IN_SERVICES_MAY_BE_LOCAL:
        session.mount("http://", _GuardedAdapter())
    return session


class _BriefSession(requests.Session):
    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", SECONDS)
        return super().request(*args, **kwargs)


class _GuardedAdapter(HTTPAdapter):
    """Connects to public addresses only, and reads no more than a page."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _GuardedHTTPPool,
            "https": _GuardedHTTPSPool,
        }

    def send(self, request: Any, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs["stream"] = True
        answer = super().send(request, *args, **kwargs)
        body = answer.raw.read(LARGEST_ANSWER + 1, decode_content=True)
        answer.close()
        if len(body) > LARGEST_ANSWER:
            raise requests.exceptions.ContentDecodingError("The answer is too long.")
        answer._content = body  # noqa: SLF001 - as requests does.
        answer._content_consumed = True  # noqa: SLF001 - as above.
        return answer


def check_peer(connection: Any, sock: Any) -> Any:
    """Return the socket, unless it leads into a private network."""
    address = ipaddress.ip_address(sock.getpeername()[0])
    mapped = getattr(address, "ipv4_mapped", None) or address
    allowed = settings.SIGN_IN_SERVICES_MAY_BE_LOCAL and mapped.is_loopback
    if mapped.is_multicast or not (mapped.is_global or allowed):
        sock.close()
        raise NewConnectionError(connection, "This address is not on the internet.")
    return sock


class _GuardedHTTP(HTTPConnection):
    def _new_conn(self) -> Any:
        return check_peer(self, super()._new_conn())


class _GuardedHTTPS(HTTPSConnection):
    def _new_conn(self) -> Any:
        return check_peer(self, super()._new_conn())


class _GuardedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _GuardedHTTP


class _GuardedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPS
