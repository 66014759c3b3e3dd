"""Published rules of real towns, written as a town's staff would configure them."""

from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
TOWNS = sorted(path.stem for path in HERE.glob("*.yaml"))


def town(name: str) -> dict[str, Any]:
    """Return the configuration of one town."""
    data: dict[str, Any] = yaml.safe_load((HERE / f"{name}.yaml").read_text())
    return data


def tariff_of(name: str, tariff: str) -> dict[str, Any]:
    """Return one tariff of one town, as plain data."""
    data: dict[str, Any] = town(name)["tariffs"][tariff]
    return data


#: Every tariff of every town, for properties that hold for all.
TARIFFS = [(name, tariff) for name in TOWNS for tariff in town(name).get("tariffs", {})]
