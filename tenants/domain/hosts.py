"""The host names on which a town may answer.

Under the platform's own domain a town has one label (`rochebelle.example.org`),
and some labels are kept for the platform. A town's own domain is free.
"""

import re

# fmt: off
RESERVED = frozenset((
    "admin", "api", "app", "assets", "autoconfig", "autodiscover", "cdn", "console",
    "demo", "dev", "ftp", "help", "imap", "mail", "mx", "ns", "ns1", "ns2", "pay",
    "pop", "portal", "smtp", "sso", "staging", "static", "status", "support", "test",
    "webhooks", "webmail", "www",
))
# fmt: on
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


class HostError(ValueError):
    """A host name refused; `reason` is a code, see `sentences`."""

    def __init__(self, reason: str, **params: str) -> None:
        """Keep the reason and the parameters of its sentence."""
        super().__init__(reason)
        self.reason = reason
        self.params = params


def read_host(text: str, *, platform_host: str) -> str:
    """Return the full host name that somebody typed, in lower case.

    A single label is taken under the platform's domain; a `www.` before it leads to
    the same town and is left out. Raises HostError.
    """
    host = text.strip().rstrip(".").lower().removeprefix("www.")
    if "." not in host and host != platform_host:
        host = f"{host}.{platform_host}"
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise HostError("not_a_host")
    if labels[-1].isdigit():
        raise HostError("host_is_a_number")
    if host == platform_host:
        raise HostError("host_is_the_platform")
    _check_own_domain(host, platform_host)
    return host


def _check_own_domain(host: str, platform_host: str) -> None:
    under = host.removesuffix(f".{platform_host}")
    if under == host:
        return
    if "." in under:
        raise HostError("host_too_deep", domain=platform_host)
    if under in RESERVED:
        raise HostError("host_reserved", value=under)
