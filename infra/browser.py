"""The browser that the tests drive: found on the machine, else installed."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from infra.shell import PYTHON, StopError, install_system_package, run, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The browser tests need Chromium and none could be installed here. "
    "Run `sudo apt install chromium`, or set CHROMIUM to a browser's path, "
    "then run make again."
)


def ensure_browser(env: Mapping[str, str]) -> Path:
    """Return a Chromium that starts; install one by whatever means we are allowed."""
    found = find_browser(env)
    if found is None and install_system_package("chromium"):
        found = find_browser(env)
    if found is None:
        with step("Downloading a browser with Playwright"):
            run(PYTHON, "-m", "playwright", "install", "chromium", quiet=True)
        found = find_browser(env)
    if found is None:
        raise StopError(MISSING)
    return found


def find_browser(env: Mapping[str, str]) -> Path | None:
    """Return the first browser of this machine that starts."""
    if named := env.get("CHROMIUM"):
        if not starts(Path(named)):
            raise StopError(
                f"CHROMIUM is {named}, and that is not a browser that runs."
            )
        return Path(named)
    return next(filter(starts, candidates(env)), None)


def candidates(env: Mapping[str, str]) -> Iterator[Path]:
    """Yield the places where a browser may be, the machine's own first."""
    for name in NAMES:
        if place := shutil.which(name):
            yield Path(place)
    cache = env.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    yield from sorted(Path(cache).glob("chromium-*/chrome-linux*/chrome"), reverse=True)


def starts(browser: Path) -> bool:
    """Say whether this program runs and tells its version."""
    if not os.access(browser, os.X_OK):
        return False
    return run(browser, "--version", quiet=True).returncode == 0
