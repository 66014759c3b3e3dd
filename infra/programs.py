"""The three programs of the demo, and how we know that they are well."""

import socket
import time
from collections.abc import Mapping
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import urlopen

from infra.addresses import PLATFORM_HOST
from infra.shell import PYTHON, StopError, step, var_directory
from infra.supervisor import Supervisor

HEALTHY_WITHIN = 60.0  # Seconds.
WEB_THREADS = 4


def surroundings(port: int) -> dict[str, str]:
    """Return the variables that make our programs a demo."""
    simulator = free_port()
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "PREAU_DEMO": "1",
        "PREAU_HOST": PLATFORM_HOST,
        "PREAU_PORT": str(port),
        "PREAU_THREADS": str(WEB_THREADS),
        "PREAU_SIMULATOR_PORT": str(simulator),
        "STRIPE_API_BASE": f"http://127.0.0.1:{simulator}",
        "STRIPE_WEBHOOK_SECRET": "whsec_demo",
    }


def require_free(port: int) -> None:
    """Stop early if another program has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise StopError(
                f"Port {port} is taken by another program. "
                f"Stop it, or choose another port: make demo PORT={port + 1}"
            ) from error


def free_port() -> int:
    """Return a port that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_programs(supervisor: Supervisor, env: Mapping[str, str]) -> None:
    """Start the programs and wait until the web server says that all is well."""
    with step("Starting the web server, the worker and the payment simulator"):
        supervisor.start("payment simulator", *simulator_command(env), env=env)
        supervisor.start("web server", *web_command(env), env=env)
        supervisor.start("worker", PYTHON, "manage.py", "work", env=env)
        wait_until_healthy(supervisor, env)


def web_command(env: Mapping[str, str]) -> list[str]:
    """Return the web server's command: two processes of a few threads."""
    return [
        *(str(PYTHON), "-m", "gunicorn", "portal.wsgi:application"),
        *("--bind", f"127.0.0.1:{env['PREAU_PORT']}", "--worker-class", "gthread"),
        *("--workers", "2", "--threads", env["PREAU_THREADS"], "--timeout", "60"),
        *("--access-logfile", "-"),
    ]


def simulator_command(env: Mapping[str, str]) -> list[str]:
    """Return the payment simulator's command."""
    webhook = f"http://localhost:{env['PREAU_PORT']}/webhooks/stripe/"
    return [
        *(str(PYTHON), "-m", "infra.simulator"),
        *("--port", env["PREAU_SIMULATOR_PORT"]),
        *("--webhook-url", webhook),
        *("--webhook-secret", env["STRIPE_WEBHOOK_SECRET"]),
        *("--state", str(var_directory(env) / "simulator" / "state.json")),
    ]


def wait_until_healthy(supervisor: Supervisor, env: Mapping[str, str]) -> None:
    """Ask the platform until it is ready; a program that ends, ends the wait."""
    address = f"http://localhost:{env['PREAU_PORT']}/health/ready"
    end = time.monotonic() + HEALTHY_WITHIN
    while (answer := trouble_at(address)) is not None:
        supervisor.check()
        if time.monotonic() > end:
            raise StopError(
                f"{address} is not well after {HEALTHY_WITHIN:.0f} s: {answer}"
            )
        time.sleep(0.3)


def trouble_at(address: str) -> str | None:
    """Return None when this address answers that all is well, else what is wrong."""
    try:
        urlopen(address, timeout=5).close()  # noqa: S310  Our own address.
    except HTTPError as error:
        return error.read().decode(errors="replace")[:500]
    except (OSError, HTTPException) as error:
        return str(error)
    return None
