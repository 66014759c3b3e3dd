"""The demo's towns, their addresses, and who can sign in to look around."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from infra.messages import PACKAGES
from infra.shell import PYTHON, ROOT, StopError, run, say

FOLDER = ROOT / "infra" / "demo"


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
    return DemoTown(file=file, name=town["name"], host=town["host"])


def tell_addresses(env: Mapping[str, str]) -> None:
    """Print where everything is and, once there are people, how to sign in."""
    port = env["PREAU_PORT"]
    places = {
        "The platform's own site": f"http://localhost:{port}/",
        **{town.name: f"http://{town.host}:{port}/" for town in demo_towns()},
        "Payment simulator": f"{env['STRIPE_API_BASE']}/",
    }
    say("\nPréau is ready.\n")
    for name, address in places.items():
        say(f"  {name:<28}{address}")
    if has_command("demo_addresses"):
        say("")
        run(PYTHON, "manage.py", "demo_addresses", env=env)


def has_command(name: str) -> bool:
    """Say whether the product has this management command."""
    path = f"management/commands/{name}.py"
    return any((ROOT / package / path).exists() for package in PACKAGES)
