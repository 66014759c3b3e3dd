"""What one running simulator is told at start-up."""

import os
from dataclasses import dataclass
from pathlib import Path

LIVE_PREFIXES = ("sk_live_", "rk_live_")


class LiveKeyError(Exception):
    """A key able to move real money is within reach: nothing must start."""


@dataclass(frozen=True)
class Settings:
    """Addresses and delays; seconds are real seconds, not simulated ones."""

    webhook_url: str | None = None
    webhook_secret: str = "whsec_simulator"  # noqa: S105 - protects nothing real
    host: str = "127.0.0.1"
    port: int = 0
    public_url: str | None = None
    state_file: Path | None = None
    retry_after: float = 1.0
    retry_at_most: float = 60.0
    max_attempts: int = 8
    webhook_timeout: float = 10.0


def refuse_live_keys_around() -> None:
    """Raise LiveKeyError when a live Stripe key sits in the environment."""
    for name, value in os.environ.items():
        if value.startswith(LIVE_PREFIXES):
            raise LiveKeyError(
                f"{name} holds a live Stripe key. The simulator will not start "
                "next to it: unset it first."
            )
