"""Challenges in ALTCHA's format, made and checked here: no other site is asked.

A challenge opens in the town and for the form it was made for, for two hours, once.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.utils.crypto import salted_hmac

from foundation.cache.counters import count_up
from foundation.town import current_schema

ALGORITHM = "PBKDF2/SHA-256"
#: Rounds for each try, and tries: about a quarter of a second on a computer.
COST = 2000
FEWEST_TRIES = 150
MORE_TRIES = 250
VALID_FOR = timedelta(hours=2)
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Opened:
    """A challenge of ours that came back."""

    signature: str
    made_at: datetime
    valid_until: datetime


def make_challenge(purpose: str, *, now: datetime) -> str:
    """Return a new challenge as JSON, for ALTCHA's worker in the browser."""
    challenge = altcha.create_challenge(
        ALGORITHM,
        COST,
        counter=FEWEST_TRIES + secrets.randbelow(MORE_TRIES),
        expires_at=now + VALID_FOR,
        data={"made": int(now.timestamp())},
        hmac_secret=_secret(purpose),
    )
    return json.dumps(challenge.to_dict())


def open_challenge(text: str, purpose: str, *, now: datetime) -> Opened | None:
    """Return a challenge that came back without a solution; None if it is not ours."""
    found = _read(text)
    if found is None or not _is_signed(found, purpose):
        return None
    opened = _opened(found)
    return opened if opened.valid_until > now else None


def open_solution(text: str, purpose: str, *, now: datetime) -> Opened | None:
    """Return the challenge that a payload solves; None if it does not."""
    if len(text) > _LONGEST:
        return None
    try:
        payload = altcha.Payload.from_base64(text)
        result = altcha.verify_solution(text, _secret(purpose))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not result.verified:
        return None
    opened = _opened(payload.challenge)
    return opened if opened.valid_until > now else None


def spend(opened: Opened) -> bool:
    """Use a challenge up; False when it was used before."""
    key = f"robots:{opened.signature[:40]}"
    return count_up(key, until=opened.valid_until) == 1


def _read(text: str) -> altcha.Challenge | None:
    if len(text) > _LONGEST:
        return None
    try:
        return altcha.Challenge.from_dict(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _is_signed(challenge: altcha.Challenge, purpose: str) -> bool:
    """Check a signature by asking for the refusal of a solution that solves nothing.

    ALTCHA's library looks at the signature before the solution.
    """
    empty = altcha.Payload(challenge, altcha.Solution(-1, ""))
    try:
        result = altcha.verify_solution(empty, _secret(purpose))
    except (ValueError, TypeError, AttributeError):
        return False
    return result.invalid_signature is False


def _opened(challenge: altcha.Challenge) -> Opened:
    """Read what we signed; only for a challenge whose signature is right."""
    about: dict[str, Any] = challenge.parameters.data or {}
    return Opened(
        signature=str(challenge.signature),
        made_at=datetime.fromtimestamp(int(about.get("made", 0)), UTC),
        valid_until=datetime.fromtimestamp(
            int(challenge.parameters.expires_at or 0), UTC
        ),
    )


def _secret(purpose: str) -> str:
    salt = f"preau|robots|{current_schema()}|{purpose}"
    return salted_hmac(salt, "challenge", algorithm="sha256").hexdigest()
