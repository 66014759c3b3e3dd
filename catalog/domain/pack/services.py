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

#: Days to answer to a place offered, where a town says nothing.
DAYS_TO_ANSWER = 10


@dataclass(frozen=True, slots=True)
class SituationFacts:
    """A situation a family declares."""

    code: str
    name: str
    help_text: str
    points: int = 0


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
    comes_after: str | None = None


def read_services(root: Node, register: Register) -> tuple[ServiceFacts, ...]:
    """Read `services`, in any order: a step before may be written after."""
    nodes = list(root.children("services", required=False))
    found = tuple(_read_service(node, register) for node in nodes)
    known = register.known(SERVICES_DECLARED)
    for node, service in zip(nodes, found, strict=True):
        before = service.comes_after
        if before is not None and before not in known:
            register.refuse_unknown(SERVICES_DECLARED, node, "comes_after", before)
        elif before is not None and before in _steps_after(service.code, found):
            node.refuse("comes_after", "follows_itself")
    return found


def _steps_after(code: str, services: tuple[ServiceFacts, ...]) -> set[str]:
    """Return the service itself and all those that come after it."""
    found = {code}
    for _each in services:
        found |= {each.code for each in services if each.comes_after in found}
    return found


def _read_service(node: Node, register: Register) -> ServiceFacts:
    code = register.declare(SERVICES_DECLARED, node)
    situations = _read_situations(node)
    service = ServiceFacts(
        code=code,
        comes_after=node.code("comes_after", required=False),
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
        "once_accepted": node.text("once_accepted", required=False),
        **_read_waiting_list(node),
        **_read_legal_clock(node),
    }


def _read_waiting_list(node: Node) -> dict[str, Any]:
    """Read whether the service keeps a waiting list, and how."""
    child = node.child("waiting_list", required=False)
    if child is None:
        return {
            "keeps_waiting_list": False,
            "shows_rank": False,
            "takes_expected_children": False,
            "days_to_answer": DAYS_TO_ANSWER,
        }
    days = child.integer("days_to_answer", required=False, at_least=1, at_most=60)
    fields = {
        "keeps_waiting_list": True,
        "shows_rank": child.flag("shows_rank", default=False),
        "takes_expected_children": child.flag("takes_expected_children", default=False),
        "days_to_answer": DAYS_TO_ANSWER if days is None else days,
    }
    child.close()
    return fields


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
    """Refuse a compulsory proof, or a list, where families never ask for access."""
    if service.fields["requires_access"]:
        return
    if service.fields["keeps_waiting_list"]:
        node.refuse("waiting_list", "list_without_access")
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
                child.integer("points", required=False, at_most=1000) or 0,
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
