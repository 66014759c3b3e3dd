"""Two towns with a key each, and a way to enter them without a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connections

from foundation.encryption import new_wrapped_key

MASTER_KEYS = [
    "first:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "second:Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=",
]


@dataclass
class StandInTown:
    """What the field reads from the connection's tenant."""

    schema_name: str
    wrapped_key: bytes


@pytest.fixture(autouse=True)
def master_keys(settings):
    settings.PREAU_MASTER_KEYS = MASTER_KEYS[:1]
    return settings


@pytest.fixture
def alpha():
    return StandInTown("t_alpha", new_wrapped_key())


@pytest.fixture
def beta():
    return StandInTown("t_beta", new_wrapped_key())


@contextmanager
def inside(town: object) -> Iterator[None]:
    """Put a stand-in town on the connection, then what was there before."""
    connection: Any = connections["default"]
    missing = object()
    before = getattr(connection, "tenant", missing)
    connection.tenant = town
    try:
        yield
    finally:
        if before is missing:
            del connection.tenant
        else:
            connection.tenant = before


@pytest.fixture
def enter():
    return inside


@pytest.fixture
def in_alpha(alpha):
    with inside(alpha):
        yield alpha
