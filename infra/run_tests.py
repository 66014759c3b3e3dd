"""Run the tests, all or some, with the database and the browser they need.

    python infra/run_tests.py [pytest arguments]

The test server stays up afterwards: the next run starts at once. `make clean` stops it.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.browser import ensure_browser
from infra.postgres import ensure_test_server
from infra.shell import PYTHON, explained, run, say, var_directory

MOST_AT_ONCE = 4


def main() -> None:
    """Prepare the surroundings, run pytest, and exit with its code."""
    with explained():
        urls = ensure_test_server(os.environ)
        browser = ensure_browser(os.environ)
        say(f"  Browser: {browser}")
        with scratch() as folder:
            env = {
                **os.environ,
                **urls.environment(),
                "CHROMIUM": str(browser),
                "PREAU_VAR": str(folder),
            }
            wanted = sys.argv[1:] or side_by_side(os.environ)
            code = run(PYTHON, "-m", "pytest", *wanted, env=env).returncode
    sys.exit(code)


def side_by_side(env: Mapping[str, str]) -> list[str]:
    """Return the arguments that share all the tests among the processors.

    PREAU_TESTS_AT_ONCE says how many processes: 1 shows each test as it passes.
    """
    processors = len(os.sched_getaffinity(0))
    at_once = int(env.get("PREAU_TESTS_AT_ONCE") or min(processors, MOST_AT_ONCE))
    if at_once == 1:
        return []
    return ["-n", str(at_once), "--dist", "loadfile", "--no-loadscope-reorder"]


@contextmanager
def scratch() -> Iterator[Path]:
    """Lend a folder for the files of this run, so that the demo's stay untouched."""
    parent = var_directory(os.environ) / "tests"
    parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=parent) as folder:
        yield Path(folder)


if __name__ == "__main__":
    main()
