"""What a pack says of asking for a service: situations, proofs, its waiting list."""

from typing import Any

from catalog.models import Requirement, Service, Situation
from tenants.domain.pack_writing import without_blanks


def situation_facts(row: Situation) -> dict[str, Any]:
    """Return a situation that families choose."""
    facts = {
        "code": row.code,
        "name": row.name,
        "help_text": row.help_text,
        "points": row.points,
    }
    return without_blanks(facts, {"points": 0})


def waiting_list_facts(row: Service) -> dict[str, Any] | None:
    """Return how the list is kept; its days are written even as supposed."""
    if not row.keeps_waiting_list:
        return None
    facts = {
        "days_to_answer": row.days_to_answer,
        "shows_rank": row.shows_rank,
        "takes_expected_children": row.takes_expected_children,
    }
    return without_blanks(
        facts, {"shows_rank": False, "takes_expected_children": False}
    )


def requirement_facts(row: Requirement) -> dict[str, Any]:
    """Return a proof asked for."""
    return without_blanks(
        {
            "proof": row.proof_type.code,
            "situation": row.situation.code if row.situation else None,
            "mandatory": row.is_mandatory,
            "only_if": _condition(row),
        },
        {"mandatory": True},
    )


def _condition(row: Requirement) -> dict[str, Any]:
    if row.only_if_proof is None:
        return {}
    return {
        "proof": row.only_if_proof.code,
        "question": row.only_if_question,
        "answer": row.only_if_answer,
    }
