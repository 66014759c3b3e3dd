"""Make the virtual environment: the only step that runs on the machine's own Python.

Standard library only. A stamp made of the lock, the project file and the Python in use
makes every later run instant.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / ".ready"
OLDEST = (3, 11)
KNOWN = ("python3.14", "python3.13", "python3.12", "python3.11")


def main() -> None:
    """Leave a complete .venv behind, or stop with one sentence that says what to do."""
    use_recent_python()
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "bootstrap.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if is_ready():
            return
        begin = time.monotonic()
        say("Preparing Python (once; a minute or less)")
        if not works(PYTHON, "-c", f"import sys; assert sys.version_info >= {OLDEST}"):
            create_environment()
        install_dependencies()
        install_project()
        STAMP.write_text(fingerprint())
        say(f"Python is ready ({time.monotonic() - begin:.0f} s)")


def use_recent_python() -> None:
    """Go on under a newer Python when `python3` itself is too old."""
    if sys.version_info >= OLDEST:
        return
    for name in KNOWN:
        found = shutil.which(name)
        if found and works(found, "-c", "import venv"):
            os.execv(found, [found, *sys.argv])  # noqa: S606  Same program, newer Python.
    stop("Préau needs Python 3.11 or newer. Install it, then run make again.")


def fingerprint() -> str:
    """Summarise everything the environment is made from."""
    digest = hashlib.sha256(str(VENV).encode())
    for source in (LOCK, ROOT / "pyproject.toml", Path(__file__)):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def is_ready() -> bool:
    """Say whether the environment was already made from these very files."""
    return (
        STAMP.exists()
        and STAMP.read_text() == fingerprint()
        and works(PYTHON, "-c", "import django")
    )


def create_environment() -> None:
    """Create .venv with whatever this machine has, the least intrusive way first."""
    shutil.rmtree(VENV, ignore_errors=True)
    if works(sys.executable, "-c", "import ensurepip") and make_venv():
        return
    if has_recent_pip() and make_venv("--without-pip"):
        return
    uv = shutil.which("uv")
    if uv and works(uv, "venv", "--python", sys.executable, VENV):
        return
    if install_system_package("python3-venv") and make_venv():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    stop(
        "This Python cannot create virtual environments. "
        "Run `sudo apt install python3-venv`, then run make again."
    )


def make_venv(*options: str) -> bool:
    """Run the standard venv module."""
    return works(sys.executable, "-m", "venv", *options, VENV)


def has_recent_pip() -> bool:
    """Say whether this Python's own pip can install into another environment."""
    return works(sys.executable, "-m", "pip", "--python", sys.executable, "--version")


def install_system_package(name: str) -> bool:
    """Ask apt for a package when we may; answer whether it worked."""
    if shutil.which("apt-get") is None:
        return False
    if os.geteuid() == 0:
        prefix: list[str] = []
    elif shutil.which("sudo") and works("sudo", "-n", "true"):
        prefix = ["sudo", "-n"]
    else:
        return False
    say(f"Installing {name} with apt-get")
    works(*prefix, "apt-get", "update", "-qq")
    return works(*prefix, "apt-get", "install", "-y", "-qq", name)


def install_dependencies() -> None:
    """Install the locked dependencies, every file checked against its hash.

    uv does it in seconds. Where it cannot (a private index set for pip only), pip does.
    """
    arguments = ("install", "--quiet", "--require-hashes", "-r")
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as pinned:
            pinned.write(pinned_uv())
            pinned.flush()
            works(*pip(), *arguments, pinned.name)
    if uv.exists():
        if works(uv, "pip", *arguments, LOCK, "--python", PYTHON):
            return
        say("uv could not install everything; trying again with pip")
    if not works(*pip(), *arguments, LOCK, quiet=False):
        stop("The dependencies could not be installed. The lines above say why.")


def pinned_uv() -> str:
    """Return uv's own lines of the lock, hashes included."""
    found = re.search(r"^uv==(?:.*\\\n)+.*\n", LOCK.read_text(), re.MULTILINE)
    if found is None:
        stop("requirements.lock does not pin uv. Restore the file from git.")
    return found.group()


def pip() -> list[str]:
    """Return the pip that can fill .venv: its own, or this Python's."""
    if works(PYTHON, "-m", "pip", "--version"):
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def install_project() -> None:
    """Put the project itself on the path, editable, with nothing downloaded."""
    options = ("install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT)
    uv = VENV / "bin" / "uv"
    if uv.exists() and works(uv, "pip", *options, "--offline", "--python", PYTHON):
        return
    if not works(*pip(), *options, quiet=False):
        stop("The project could not be installed. The lines above say why.")


def works(*command: str | Path, quiet: bool = True) -> bool:
    """Run a command and say whether it succeeded."""
    output = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run(  # noqa: S603  Our own commands, never a visitor's words.
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


def say(message: str) -> None:
    """Print one line of progress at once."""
    print(f"  {message}", flush=True)


def stop(message: str) -> NoReturn:
    """End with a sentence for the person at the keyboard."""
    sys.exit(f"\n{message}")


if __name__ == "__main__":
    main()
