"""The lock of the dependencies: made from pyproject.toml, and checked against it.

python infra/lock.py            choose the newest versions that pyproject.toml allows
python infra/lock.py --check    fail if the lock and pyproject.toml tell two stories
"""

import argparse
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from infra.shell import ROOT, StopError, explained, run, say

LOCK = ROOT / "requirements.lock"
COMPILE = (
    *("uv", "pip", "compile", "pyproject.toml", "--group", "dev"),
    *("--generate-hashes", "--no-emit-index-url"),
    *("--python-version", "3.11", "--universal"),
)
OUT_OF_STEP = "requirements.lock is out of step with pyproject.toml. Run `make lock`."


def main() -> None:
    """Read the command line and obey."""
    parser = argparse.ArgumentParser(description="The lock of the dependencies.")
    parser.add_argument("--check", action="store_true")
    with explained():
        check() if parser.parse_args().check else upgrade()


def upgrade() -> None:
    """Write a new lock."""
    if compile_into(LOCK, "--upgrade").returncode:
        raise StopError("uv could not choose the versions.")
    say("The lock is new. Run `make test`, then commit it.")


def check() -> None:
    """Compile again, keeping the chosen versions, and compare.

    Where no package index answers, compare at least what pyproject.toml asks for.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / LOCK.name
        shutil.copy(LOCK, copy)
        if compile_into(copy).returncode:
            say("  The package index does not answer: comparing without it.")
            check_without_index()
        elif without_header(copy) != without_header(LOCK):
            raise StopError(OUT_OF_STEP)


def compile_into(target: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Let uv resolve into a file; versions already in it are kept."""
    uv = ROOT / ".venv" / "bin" / "uv"
    shown = " ".join([*COMPILE, "-o", LOCK.name])
    ends = ("--quiet", "--custom-compile-command", shown, "-o", str(target))
    return run(uv, *COMPILE[1:], *options, *ends, quiet=True)


def check_without_index() -> None:
    """Stop unless every dependency of the project is locked to a version it allows."""
    locked = pins()
    for wanted in requirements():
        version = locked.get(canonicalize_name(wanted.name))
        if version is None or not wanted.specifier.contains(version, prereleases=True):
            raise StopError(f"{wanted} is not in the lock. {OUT_OF_STEP}")


def requirements() -> list[Requirement]:
    """Return what pyproject.toml asks for, the developers' tools included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return [Requirement(line) for line in wanted]


def pins() -> dict[str, str]:
    """Return the locked version of each package."""
    lines = [line for line in LOCK.read_text().splitlines() if "==" in line]
    pairs = [line.split()[0].split("==") for line in lines if not line.startswith(" ")]
    return {canonicalize_name(name.split("[")[0]): version for name, version in pairs}


def without_header(lock: Path) -> list[str]:
    """Return the lines that matter: uv writes its own command line at the top."""
    return [line for line in lock.read_text().splitlines() if not line.startswith("#")]


if __name__ == "__main__":
    main()
