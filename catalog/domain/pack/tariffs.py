"""The tariffs of a pack, each version checked by the price engine itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog.domain.prices import parse_tariff
from foundation.problems import ConfigurationError
from foundation.reading import Node
from tenants.domain.packs import Register, Section

TARIFFS_DECLARED = "tariffs"


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One vote of the council; `rules` is what the price engine reads."""

    vote_number: str
    voted_on: date
    effective_from: date
    rules: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TariffFacts:
    """A price list with its versions."""

    code: str
    name: str
    versions: tuple[VersionFacts, ...]


def read_tariffs(root: Node, register: Register) -> tuple[TariffFacts, ...]:
    """Read `tariffs`."""
    return tuple(
        _read_tariff(node, register)
        for node in root.children("tariffs", required=False)
    )


def _read_tariff(node: Node, register: Register) -> TariffFacts:
    tariff = TariffFacts(
        code=register.declare(TARIFFS_DECLARED, node),
        name=node.text("name", at_most=120),
        versions=tuple(
            _read_version(child, register)
            for child in node.children("versions", required=node.has("versions"))
        ),
    )
    starts = [version.effective_from for version in tariff.versions]
    for index, start in enumerate(starts):
        if start in starts[:index]:
            node.refuse(f"versions[{index}].effective_from", "repeated_code")
    node.close()
    return tariff


def _read_version(node: Node, register: Register) -> VersionFacts:
    version = VersionFacts(
        vote_number=node.text("vote_number", at_most=60),
        voted_on=node.day("voted_on") or date.min,
        effective_from=node.day("effective_from") or date.min,
        rules=_read_rules(node, register.currency),
    )
    node.close()
    return version


def _read_rules(node: Node, currency: str) -> Mapping[str, Any]:
    """Check the rules; what the engine finds is told at its place in the file."""
    child = node.child("rules")
    if child is None or not child.is_sound:
        return {}
    rules = child.data
    try:
        tariff = parse_tariff(rules)
    except ConfigurationError as error:
        for problem in error.problems:
            key = problem.path.strip(".")
            child.refuse(key, problem.reason, **problem.params)
        return {}
    if currency and tariff.currency != currency:
        child.refuse("currency", "other_currency", expected=currency)
    return rules


TARIFFS = Section(("tariffs",), read_tariffs)
