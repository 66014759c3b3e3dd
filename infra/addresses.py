"""The demo's towns, their addresses, and who can sign in to look around."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from infra.shell import PYTHON, ROOT, StopError, run, say
from tenants.domain.hosts import read_host

FOLDER = ROOT / "infra" / "demo"
PLATFORM_HOST = "localhost"  # Browsers lead every name under it to this machine.


@dataclass(frozen=True)
class DemoTown:
    """What the demo itself needs to know of a town's file."""

    file: Path
    name: str
    host: str


def demo_towns() -> list[DemoTown]:
    """Return the towns of infra/demo."""
    towns = [read_town(file) for file in sorted(FOLDER.glob("*.yaml"))]
    if not towns:
        raise StopError(f"There is no town in {FOLDER}. Restore the folder from git.")
    return towns


def read_town(file: Path) -> DemoTown:
    """Read a town's name and host; `open_town` reads and checks the rest."""
    town = yaml.safe_load(file.read_text())["town"]
    host = read_host(town["host"], platform_host=PLATFORM_HOST)
    return DemoTown(file=file, name=town["name"], host=host)


def tell_addresses(env: Mapping[str, str]) -> None:
    """Print where everything is and how to sign in."""
    say("\nPréau is ready.")
    run(PYTHON, "manage.py", "demo_addresses", env=env)
    run(PYTHON, "manage.py", "demo_known_files", env=env)
    say(f"Payments are played by {env['STRIPE_API_BASE']}/")
