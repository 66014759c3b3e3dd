"""Open the two towns of the tests, from their packs."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tenants.gateways.pack_files import read_pack_file
from tenants.models import Town
from tenants.services.opening import build_town, register_town
from tenants.services.platform import prepare_platform

HERE = Path(__file__).parent
OPENED_AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


def pack_of(name: str) -> dict[str, Any]:
    """Return the pack of a town of the cast, as plain data to change at will."""
    data: dict[str, Any] = read_pack_file((HERE / f"{name}.yaml").read_bytes())
    return data


def minimal_pack(name: str, host: str, **town: Any) -> dict[str, Any]:
    """Return the smallest configuration a town opens with."""
    return {
        "town": {
            "name": name,
            "host": host,
            "kind": "commune",
            "locale": "fr",
            "currency": "EUR",
            "time_zone": "Europe/Paris",
            **town,
        },
        "administrator": {
            "email": f"mairie@{host.rstrip('.').lower()}",
            "first_name": "Ada",
        },
    }


def open_two_towns() -> None:
    """Prepare an empty database with the platform and its two towns."""
    prepare_platform(say=print)
    for name in ("rochebelle", "etangs"):
        open_from(pack_of(name))


def open_from(pack: dict[str, Any], *, now: datetime = OPENED_AT) -> Town:
    """Open a town at once."""
    town = register_town(pack=pack)
    build_town(town=town, now=now)
    return town
