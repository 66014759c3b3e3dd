"""A town's configuration leaves as a file, and comes back the same."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django_tenants.utils import tenant_context

from tenants.gateways.pack_files import read_pack_file, write_pack_file
from tenants.models import Town
from tenants.services.packing import export_pack
from tests.cast.towns import open_from

ROOT = Path(__file__).parents[3]
DEMO = sorted((ROOT / "infra" / "demo").glob("*.yaml"))
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def opened(pack: dict[str, Any]) -> Town:
    """Open a town from a pack, on a host of its own."""
    host = f"ville-{uuid4().hex[:8]}"
    pack["town"] = {**pack["town"], "host": host}
    pack["administrator"] = {"email": f"mairie@{host}.example"}
    return open_from(pack, now=NOW)


def exported(town: Town) -> bytes:
    with tenant_context(town):
        return write_pack_file(export_pack(town=town))


@pytest.mark.parametrize("file", DEMO, ids=lambda path: path.stem)
def test_a_demo_town_leaves_and_comes_back_as_the_same_file(db, file):
    first = exported(opened(read_pack_file(file.read_bytes())))

    second = exported(opened(read_pack_file(first)))

    assert second == first
