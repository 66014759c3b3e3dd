"""Everything a machine can check without running the product: `make check`.

All checks run even if one fails, so that one run tells everything.
"""

import os
import sys
import time

from infra.messages import PACKAGES
from infra.postgres import ensure_test_server
from infra.shell import PYTHON, explained, run, say

TEMPLATE_RULES = "H015,H030,H031"  # Line breaks after titles, and tags of the 1990s.
MAIL_RULES = "H016,H021"  # Mail programs want inline styles and show no title.
CHECKS: dict[str, tuple[str, ...]] = {
    "style": ("-m", "ruff", "check", "--output-format=concise"),
    "format": ("-m", "ruff", "format", "--check"),
    "types": ("-m", "mypy", *PACKAGES, "infra", "tests", "manage.py"),
    "imports": ("-c", "from importlinter.cli import lint_imports_command as go; go()"),
    "templates": (
        *("-m", "djlint", *PACKAGES, "--lint"),
        *("--profile=django", f"--ignore={TEMPLATE_RULES}"),
        *("--per-file-ignores", "/mail/", MAIL_RULES),
    ),
    "translations": ("infra/translations.py", "check"),
    "Django": ("manage.py", "check", "--fail-level", "WARNING"),
    "migrations": ("manage.py", "makemigrations", "--check", "--dry-run"),
    "lock": ("infra/lock.py", "--check"),
}


def main() -> None:
    """Run every check, then exit with 1 if any failed."""
    with explained():
        urls = ensure_test_server(os.environ)
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    env = {**os.environ, **urls.environment(), **settings}
    failed = [name for name in CHECKS if not passes(name, env)]
    if failed:
        sys.exit(f"\nNot right yet: {', '.join(failed)}.")
    say("\nAll checks pass.")


def passes(name: str, env: dict[str, str]) -> bool:
    """Run one check; show what it says only if it fails."""
    begin = time.monotonic()
    done = run(PYTHON, *CHECKS[name], env=env, quiet=True)
    took = f"{time.monotonic() - begin:.1f} s"
    if done.returncode == 0:
        say(f"  {name}: fine ({took})")
        return True
    say(f"\n  {name}: not right ({took})\n{done.stdout}")
    return False


if __name__ == "__main__":
    main()
