"""Web servers and browsers for the benchmarks: gunicorn, and clients that sign in."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 4
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Web:
    """A running gunicorn."""

    process: subprocess.Popen[bytes]
    port: int

    def kill_one_worker(self) -> None:
        """Kill one worker without warning, as a machine out of memory does."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        os.kill(int(path.read_text().split()[0]), signal.SIGKILL)


@contextmanager
def serving(application: str, **env: str) -> Iterator[Web]:
    """Serve an application on a free port until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application]
    options = ["-k", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)]
    process = subprocess.Popen(
        [*command, "-b", f"127.0.0.1:{port}", *options, "--log-level", "error"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}", **env},
    )
    try:
        _wait_for(port)
        yield Web(process, port)
    finally:
        process.terminate()
        process.wait(timeout=20)


@dataclass
class Browser:
    """One person's browser on a town's host, with its cookies.

    Each has an address of its own: sign-ins are limited by address.
    """

    port: int
    host: str
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None

    def get(self, path: str) -> tuple[int, str, str]:
        """Return status, body and location."""
        return self._ask("GET", path)

    def post(
        self, path: str, data: Mapping[str, str | Sequence[str]]
    ) -> tuple[int, str, str]:
        """Send a form; return status, body and location."""
        return self._ask("POST", path, urlencode(data, doseq=True))

    def sign_in(self, email: str, password: str) -> None:
        """Go through the sign-in page, as a person does."""
        _status, page, _location = self.get("/accounts/login/")
        data = {
            "login": email,
            "password": password,
            "csrfmiddlewaretoken": token(page),
        }
        status, _page, _location = self.post("/accounts/login/", data)
        if status != 302:
            raise RuntimeError(f"{email} could not sign in: {status}")

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str, str]:
        try:
            return self._exchange(method, path, body)
        except (OSError, http.client.HTTPException):
            # The server hung up on a line that was idle: any browser calls again.
            self._line = None
            return self._exchange(method, path, body)

    def _exchange(self, method: str, path: str, body: str) -> tuple[int, str, str]:
        cookies = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        headers = {"Host": self.host, "Cookie": cookies}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line = self._line or http.client.HTTPConnection(
            "127.0.0.1", self.port, source_address=(self.address, 0)
        )
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text, answer.headers.get("Location", "")


def token(page: str) -> str:
    """Return the token of a page's first form."""
    found = TOKEN.search(page)
    return found.group(1) if found else ""


def together(acts: Sequence[Callable[[], object]], people: int) -> float:
    """Run all acts with so many people at once; return the seconds it took."""
    start = time.perf_counter()
    with ThreadPoolExecutor(people) as pool:
        for done in [pool.submit(act) for act in acts]:
            done.result()
    return time.perf_counter() - start


def _wait_for(port: int) -> None:
    for _attempt in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")
