"""Start several programs, watch them, and stop them all, whatever happens."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Self

from infra.shell import ROOT, StopError, say

PATIENCE = 15.0  # Seconds given to a program that was asked to stop.
TAIL = 20


ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AskedToStop(BaseException):
    """Ctrl-C, a closed terminal or a polite kill: somebody wants the whole to end."""


@contextmanager
def until_asked_to_stop() -> Iterator[None]:
    """Run the block until it ends, or until a signal ends it from outside.

    Only the first signal counts: a second Ctrl-C must not cut the cleaning short.
    """
    for number in ENDINGS:
        signal.signal(number, _ask_to_stop)
    try:
        yield
    except AskedToStop:
        return


def finish_undisturbed() -> None:
    """Stop listening to signals: from here on we only clean up."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)


def _ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    finish_undisturbed()
    say("\nStopping ...")
    raise AskedToStop


@dataclass
class Program:
    """A child program in a process group of its own, so that Ctrl-C reaches only us."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def is_alive(self) -> bool:
        """Say whether it still runs."""
        return self.process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Tell the program and all its own children."""
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return

    def last_words(self) -> str:
        """Return the end of its log."""
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(lines[-TAIL:])


@dataclass
class Supervisor:
    """The programs of one run; leaving the block stops them, the last one first."""

    logs: Path
    programs: list[Program] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Make the folder of the logs."""
        self.logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop every program, and whatever it started itself."""
        finish_undisturbed()
        for program in reversed(self.programs):
            program.signal(signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        for program in reversed(self.programs):
            try:
                program.process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f"  The {program.name} does not stop by itself: it is killed.")
            # Whoever is left in the group has lost its parent.
            program.signal(signal.SIGKILL)

    def start(self, name: str, *command: str | Path, env: Mapping[str, str]) -> None:
        """Start a program; its output goes to its log."""
        log = self.logs / f"{name.replace(' ', '-')}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603  Our own programs.
                [*dies_with_us(), *map(str, command)],
                cwd=ROOT,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.programs.append(Program(name, process, log))

    def check(self) -> None:
        """Raise StopError with a program's last words if one has ended."""
        for program in self.programs:
            if not program.is_alive():
                raise StopError(
                    f"The {program.name} stopped by itself "
                    f"(code {program.process.returncode}). Its last words:\n\n"
                    f"{program.last_words()}\n\nThe whole log: {program.log}"
                )

    def watch(self) -> None:
        """Stay until somebody asks to stop, or a program ends."""
        while True:
            self.check()
            time.sleep(0.5)


def dies_with_us() -> tuple[str, ...]:
    """Return a prefix that ends the program even if we are killed without warning."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "TERM") if setpriv else ()
