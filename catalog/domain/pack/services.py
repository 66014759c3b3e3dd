"""The services of a pack, with their situations, proofs and activities."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalog.domain.pack.activities import ActivityFacts, read_activity
from catalog.domain.pack.calendar import SERVICES_DECLARED, ClosureFacts, read_closure
from catalog.enums import BillingMode, Silence
from foundation.reading import Node
from tenants.domain.packs import Register, Section


@dataclass(frozen=True, slots=True)
class SituationFacts:
    """A situation a family declares."""

    code: str
    name: str
    help_text: str


@dataclass(frozen=True, slots=True)
class ConditionFacts:
    """An answer of a form on which a proof is asked for."""

    proof: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class RequirementFacts:
    """A proof asked for, always or in one situation."""

    proof: str
    situation: str | None
    is_mandatory: bool
    condition: ConditionFacts | None = None


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A service; `fields` are those of its record, hours are local to the town."""

    code: str
    commune: str | None
    department: str
    fields: Mapping[str, Any]
    requests_open_at: datetime | None
    bookings_open_at: datetime | None
    situations: tuple[SituationFacts, ...]
    requirements: tuple[RequirementFacts, ...]
    activities: tuple[ActivityFacts, ...]
    closures: tuple[ClosureFacts, ...]


def read_services(root: Node, register: Register) -> tuple[ServiceFacts, ...]:
    """Read `services`."""
    return tuple(
        _read_service(node, register)
        for node in root.children("services", required=False)
    )


def _read_service(node: Node, register: Register) -> ServiceFacts:
    code = register.declare(SERVICES_DECLARED, node)
    situations = _read_situations(node)
    service = ServiceFacts(
        code=code,
        commune=register.refer("communes", node, "commune", required=False),
        department=register.refer("departments", node, "department") or "",
        fields=_read_fields(node),
        requests_open_at=node.moment("requests_open_at", required=False),
        bookings_open_at=node.moment("bookings_open_at", required=False),
        situations=situations,
        requirements=_read_requirements(node, register, situations),
        activities=tuple(
            read_activity(child, register)
            for child in node.children("activities", required=False)
        ),
        closures=tuple(
            read_closure(child, code)
            for child in node.children("closures", required=False)
        ),
    )
    _check_mandatory(node, service)
    node.close()
    return service


def _read_fields(node: Node) -> dict[str, Any]:
    return {
        "name": node.text("name", at_most=120),
        "summary": node.text("summary", required=False, at_most=250),
        "description": node.text("description", required=False),
        "billing_mode": node.choice("billing_mode", BillingMode.values) or "",
        "requires_access": node.flag("requires_access", default=True),
        "is_published": node.flag("published", default=True),
        **_read_legal_clock(node),
    }


def _read_legal_clock(node: Node) -> dict[str, Any]:
    """Read what silence means, and when the department is warned of it."""
    months = node.integer("silence_months", required=False, at_least=1, at_most=12)
    days = node.integer("alert_days", required=False, at_most=60)
    return {
        "silence": node.choice("silence", Silence.values, required=False)
        or Silence.NOTHING.value,
        "silence_months": 2 if months is None else months,
        "alert_days": 14 if days is None else days,
        "appeal": node.text("appeal", required=False),
    }


def _check_mandatory(node: Node, service: ServiceFacts) -> None:
    """Refuse a compulsory proof where families never ask for access."""
    if service.fields["requires_access"]:
        return
    for index, each in enumerate(service.requirements):
        if each.is_mandatory:
            node.refuse(f"requirements[{index}].mandatory", "mandatory_without_access")


def _read_situations(node: Node) -> tuple[SituationFacts, ...]:
    found: list[SituationFacts] = []
    for child in node.children("situations", required=False):
        code = child.code("code") or ""
        if code and code in [each.code for each in found]:
            child.refuse("code", "repeated_code")
        found.append(
            SituationFacts(
                code,
                child.text("name", at_most=120),
                child.text("help_text", required=False, at_most=250),
            )
        )
        child.close()
    return tuple(found)


def _read_requirements(
    node: Node, register: Register, situations: tuple[SituationFacts, ...]
) -> tuple[RequirementFacts, ...]:
    codes = [each.code for each in situations if each.code]
    found: list[RequirementFacts] = []
    for child in node.children("requirements", required=False):
        situation = child.code("situation", required=False)
        if situation is not None and situation not in codes:
            child.refuse(
                "situation",
                "unknown_reference",
                value=situation,
                kind="situations",
                known=", ".join(codes) or "-",
            )
        proof = register.refer("proof_types", child, "proof") or ""
        if (proof, situation) in [(each.proof, each.situation) for each in found]:
            child.refuse("proof", "repeated_code")
        found.append(
            RequirementFacts(
                proof,
                situation,
                child.flag("mandatory", default=True),
                _read_condition(child, register),
            )
        )
        child.close()
    return tuple(found)


def _read_condition(node: Node, register: Register) -> ConditionFacts | None:
    child = node.child("only_if", required=False)
    if child is None:
        return None
    condition = ConditionFacts(
        register.refer("proof_types", child, "proof") or "",
        child.text("question", at_most=60),
        child.text("answer", at_most=120),
    )
    child.close()
    return condition


SERVICES = Section(("services",), read_services)
