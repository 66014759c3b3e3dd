"""Run the tests, all or some, with the database and the browser they need.

    python infra/run_tests.py [pytest arguments]

The test server stays up afterwards: the next run starts at once. `make clean` stops it.
"""

import os
import sys

from infra.browser import ensure_browser
from infra.postgres import ensure_test_server
from infra.shell import PYTHON, explained, run, say


def main() -> None:
    """Prepare the surroundings, run pytest, and exit with its code."""
    with explained():
        urls = ensure_test_server(os.environ)
        browser = ensure_browser(os.environ)
        say(f"  Browser: {browser}")
        env = {**os.environ, **urls.environment(), "CHROMIUM": str(browser)}
        sys.exit(run(PYTHON, "-m", "pytest", *sys.argv[1:], env=env).returncode)


if __name__ == "__main__":
    main()
