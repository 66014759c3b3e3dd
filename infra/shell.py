"""What every command of infra/ shares: progress lines, child commands, the way to stop.

The whole file speaks to one person at a terminal, so it prints.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"


class StopError(Exception):
    """The command cannot go on; the message tells the person what to do."""


def var_directory(env: Mapping[str, str]) -> Path:
    """Return the folder for everything that is made at run time and never committed."""
    return Path(env.get("PREAU_VAR") or ROOT / "var")


def say(message: str) -> None:
    """Print one line at once, also when the output is a file."""
    print(message, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print what is being done, then how long it took."""
    print(f"  {title} ... ", end="", flush=True)
    begin = time.monotonic()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.monotonic() - begin:.1f} s")


def run(
    *command: str | Path,
    env: Mapping[str, str] | None = None,
    quiet: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run one of our own commands from the repository's root.

    `quiet` keeps its output in the answer instead of showing it.
    """
    kept = subprocess.PIPE if quiet else None
    return subprocess.run(  # noqa: S603  Commands written here, never a visitor's words.
        [str(part) for part in command],
        cwd=ROOT,
        env=None if env is None else dict(env),
        stdin=subprocess.DEVNULL,
        stdout=kept,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )


def follow(*command: str | Path, env: Mapping[str, str]) -> int:
    """Run one of our own commands, show its lines as they come; return its code."""
    with subprocess.Popen(  # noqa: S603  Commands written here, as above.
        [str(part) for part in command],
        cwd=ROOT,
        env={**env, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            say(f"    {line.rstrip()}")
    return process.returncode


def is_allowed_to_install() -> tuple[str, ...] | None:
    """Return the prefix that makes apt-get work here, None when we may not use it."""
    if os.geteuid() == 0:
        return ()
    try:
        may = run("sudo", "-n", "true", quiet=True).returncode == 0
    except FileNotFoundError:
        return None
    return ("sudo", "-n") if may else None


def install_system_package(name: str) -> bool:
    """Ask apt for a package when this machine lets us; answer whether it worked."""
    prefix = is_allowed_to_install()
    if prefix is None or not Path("/usr/bin/apt-get").exists():
        return False
    with step(f"Installing {name} with apt-get"):
        run(*prefix, "apt-get", "update", "-qq", quiet=True)
        done = run(*prefix, "apt-get", "install", "-y", "-qq", name, quiet=True)
    return done.returncode == 0


@contextmanager
def explained() -> Iterator[None]:
    """Turn a StopError into its sentence and exit code 1, without a traceback."""
    try:
        yield
    except StopError as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        sys.exit(130)
