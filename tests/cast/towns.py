"""Open the two towns of the tests."""

from datetime import UTC, datetime
from typing import Any

from tenants.services.opening import build_town, register_town
from tenants.services.platform import prepare_platform

OPENED_AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


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
        "administrator": {"email": f"mairie@{host}", "first_name": "Ada"},
    }


def open_two_towns() -> None:
    """Prepare an empty database with the platform and its two towns."""
    prepare_platform(say=print)
    for name, host in (
        ("Rochebelle", "rochebelle.localhost"),
        ("Pays des Étangs", "etangs.localhost"),
    ):
        town = register_town(pack=minimal_pack(name, host))
        build_town(town=town, now=OPENED_AT)
