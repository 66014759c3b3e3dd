"""Solve a challenge as the browser's worker does."""

import json

import altcha


def solved(challenge: str) -> str:
    """Return the payload of a challenge."""
    found = altcha.Challenge.from_dict(json.loads(challenge))
    solution = altcha.solve_challenge(found)
    assert solution is not None
    return altcha.Payload(found, solution).to_base64()
