"""Ask a town's API as any software does, without an account."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.families.builders import browser

Ask = Callable[..., Any]


@pytest.fixture
def ask(rochebelle: Any) -> Ask:
    """Ask for an address of Rochebelle, or of another host."""

    def get(path: str, host: str = "rochebelle.localhost", **query: str) -> Any:
        return browser(host).get(f"/api/v1/{path}", query)

    return get
