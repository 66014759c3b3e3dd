"""Change the price engine in a thousand small ways, and see which ways tests miss.

    python infra/mutate.py [most minutes]

Works on a copy in build/mutation: nothing here is touched. Prints how many changes
the tests noticed, and names those they did not (see docs/algorithms/prices.md).
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from infra.shell import PYTHON, ROOT, explained, say

COPY = ROOT / "build" / "mutation"
#: What the engine and its tests need; the tests' own database is not part of it.
NEEDED = ("catalog/domain", "platform/foundation", "tests/catalog/domain", "docs")
SINGLE = (
    "catalog/__init__.py",
    "tests/__init__.py",
    "tests/catalog/__init__.py",
    "pyproject.toml",
)
#: Few examples for each property, always the same: a mutant meets them all.
CONFTEST = """\
from hypothesis import settings

settings.register_profile(
    "mutation", max_examples=12, deadline=None, derandomize=True, database=None
)
settings.load_profile("mutation")
"""
NOTICED = ("killed", "timeout", "suspicious")


def main() -> None:
    """Run every mutant, or as many as the time allows, and print the score."""
    with explained():
        minutes = int(sys.argv[1]) if sys.argv[1:] else 0
        prepare()
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([".", "platform"])}
        command = ["nice", "-n", "19", str(PYTHON), "-m", "mutmut"]
        try:
            subprocess.run(  # noqa: S603 -- Our own command.
                [*command, "run"],
                cwd=COPY,
                env=env,
                check=False,
                stdout=subprocess.DEVNULL,
                timeout=minutes * 60 or None,
            )
        except subprocess.TimeoutExpired:
            say("The time is over: what was not run is not counted.")
        found = subprocess.run(  # noqa: S603 -- Our own command.
            [*command, "results", "--all", "true"],
            cwd=COPY,
            env=env,
            check=True,
            capture_output=True,
            text=True,
        )
        report(found.stdout)


def prepare() -> None:
    """Copy what is needed, beside small settings of its own."""
    shutil.rmtree(COPY, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in NEEDED:
        shutil.copytree(ROOT / folder, COPY / folder, ignore=ignored)
    for name in SINGLE:
        Path(COPY / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, COPY / name)
    (COPY / "conftest.py").write_text(CONFTEST, encoding="utf-8")


def report(results: str) -> None:
    """Print the score, then each mutant that no test noticed."""
    states = dict(re.findall(r"^\s*(\S+): (.+)$", results, re.MULTILINE))
    run = {name: state for name, state in states.items() if state != "not checked"}
    missed = sorted(name for name, state in run.items() if state not in NOTICED)
    noticed = len(run) - len(missed)
    share = 100 * noticed / (len(run) or 1)
    say(f"{noticed} of {len(run)} changes noticed ({share:.1f} %).")
    say("\n".join(missed))


if __name__ == "__main__":
    main()
