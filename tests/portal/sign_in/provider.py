"""A real OpenID Connect service on this machine, one per town of the test."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from django.test import Client

from tests.browser.stack import free_port
from tests.portal.sign_in.steps import SAME_SITE


@dataclass
class Service:
    """A running service, and what its visitors do there."""

    port: int

    @property
    def address(self) -> str:
        """Return where it describes itself."""
        return f"http://localhost:{self.port}/.well-known/openid-configuration"

    def know(self, subject: str, **claims: Any) -> None:
        """Make a person known to the service."""
        answer = requests.put(
            f"http://localhost:{self.port}/users/{subject}", json=claims, timeout=5
        )
        answer.raise_for_status()

    def say_yes(self, address: str, subject: str) -> str:
        """Sign in at the service; return the path it leads back to."""
        answer = requests.post(
            address, data={"sub": subject}, allow_redirects=False, timeout=5
        )
        assert answer.status_code == 302, answer.text
        parts = urlsplit(answer.headers["Location"])
        return f"{parts.path}?{parts.query}"


@contextmanager
def running_service() -> Iterator[Service]:
    """Run one in a process of its own."""
    port = free_port()
    program = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    service = Service(port)
    try:
        _wait(service)
        yield service
    finally:
        program.terminate()
        program.wait(10)


def _wait(service: Service) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            requests.get(service.address, timeout=2).raise_for_status()
        except requests.RequestException:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def leave(client: Client, code: str = "town-id", query: str = "") -> str:
    """Press the button of the sign-in page; return where the browser is sent."""
    answer = client.get(f"/accounts/services/{code}/{query}", headers=SAME_SITE)
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def asked_of(address: str) -> dict[str, str]:
    """Return what an address asks of the service."""
    return {
        name: values[0] for name, values in parse_qs(urlsplit(address).query).items()
    }


def visit(client: Client, service: Service, subject: str, **options: Any) -> Any:
    """Go to the service, say yes, and come back."""
    back = service.say_yes(leave(client, **options), subject)
    return client.get(back)


def state_in(path: str) -> str:
    """Return the state of a way back."""
    found = re.search(r"state=([^&]+)", path)
    assert found
    return found.group(1)
