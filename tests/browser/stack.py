"""The whole product on loopback: web server, worker, payment simulator."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
READY_WITHIN = 60.0  # Seconds.


@dataclass
class Stack:
    """The running programs, and where they answer."""

    port: int
    var: Path
    env: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def platform(self) -> str:
        """Address of the platform's own site."""
        return f"http://localhost:{self.port}"

    def town(self, label: str) -> str:
        """Address of a town by the first label of its host name."""
        return f"http://{label}.localhost:{self.port}"

    def manage(self, *arguments: str) -> str:
        """Run a command of the platform and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str, *command: str) -> None:
        """Start a program; its words go to a file."""
        with (self.var / f"{name}.log").open("wb") as log:
            program = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        self.running.append(program)

    def words(self) -> str:
        """Return the last words of every program, for a failed test."""
        return "\n".join(
            f"== {log.name}\n{log.read_text(errors='replace')[-3000:]}"
            for log in sorted(self.var.glob("*.log"))
        )


@contextmanager
def running_stack(*, owner_url: str, app_url: str, var: Path) -> Iterator[Stack]:
    """Start everything on free ports against a database, and stop it all."""
    port, simulator = free_port(), free_port()
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DATABASE_URL": app_url,
        "OWNER_DATABASE_URL": owner_url,
        "PREAU_VAR": str(var),
        "PREAU_PORT": str(port),
        "PREAU_DB_POOL": "1",
        # The key of the towns prepared by the tests.
        "PREAU_MASTER_KEYS": "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "STRIPE_API_BASE": f"http://127.0.0.1:{simulator}",
        "STRIPE_WEBHOOK_SECRET": "whsec_demo",
        "SECRET_KEY": "test-only-not-a-secret",
    }
    stack = Stack(port, var, env)
    try:
        stack.manage("collectstatic", "--noinput", "-v", "0")
        stack.start(
            "simulator",
            *(sys.executable, "-m", "infra.simulator", "--port", str(simulator)),
            *("--webhook-url", f"{stack.platform}/webhooks/stripe/"),
            *("--webhook-secret", "whsec_demo"),
        )
        stack.start(
            "web",
            *(sys.executable, "-m", "gunicorn", "portal.wsgi:application"),
            *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
            *("--workers", "1", "--threads", "4", "--timeout", "60"),
        )
        stack.start("worker", sys.executable, "manage.py", "work")
        wait_until_ready(stack)
        yield stack
    finally:
        for program in stack.running:
            with suppress(ProcessLookupError):
                program.send_signal(signal.SIGTERM)
        for program in stack.running:
            with suppress(subprocess.TimeoutExpired):
                program.wait(10)
            program.kill()


def wait_until_ready(stack: Stack) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        try:
            urlopen(f"{stack.platform}/health/ready", timeout=5).close()
        except HTTPError as error:
            raise AssertionError(error.read().decode() + stack.words()) from error
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the web server does not answer\n" + stack.words())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
