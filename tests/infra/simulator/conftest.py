"""One real simulator for all, and a fresh merchant account for each test."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.infra.simulator.listener import SECRET, listening
from tests.infra.simulator.program import Town, new_key, running


@pytest.fixture(scope="session")
def simulator_url() -> Iterator[str]:
    with running("--retry-after", "0.005") as url:
        yield url


@pytest.fixture
def town(simulator_url: str) -> Town:
    """Return a town with its own key, which listens to nothing."""
    return Town(simulator_url, new_key())


@pytest.fixture
def other_town(simulator_url: str) -> Town:
    return Town(simulator_url, new_key())


@pytest.fixture
def connected_town(simulator_url: str) -> Town:
    """Return a town reached through the platform's key."""
    return Town(simulator_url, new_key(), account=f"acct_{uuid4().hex}")


@pytest.fixture
def listening_town(town: Town) -> Iterator[Town]:
    """Yield a town that receives webhooks."""
    with listening() as listener:
        town.listener = listener
        town.control(
            "POST",
            f"accounts/{town.key}",
            webhook_url=listener.url,
            webhook_secret=SECRET,
        )
        yield town
