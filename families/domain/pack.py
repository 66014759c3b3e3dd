"""The families' part of a pack: types of proof, and the rules of the files."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from families.domain.blank_forms import BlankForm, read_blank_form, refuse_too_many
from families.domain.editable import Editable
from families.domain.proof_forms import read_questions
from families.enums import AnswerUnit, ProofKind, ProofSubject, ProofValidity, Proves
from foundation.reading import Node
from tenants.domain.packs import Register, Section

PROOF_TYPES_DECLARED = "proof_types"


@dataclass(frozen=True, slots=True)
class ProofTypeFacts:
    """A type of proof; the names are those of the record's fields."""

    code: str
    name: str
    kind: str
    subject: str
    help_text: str
    validity: str
    validity_months: int | None
    valid_until: date | None
    proves: str
    questions: list[dict[str, Any]]
    blank_form: BlankForm | None = None


def read_proof_types(root: Node, register: Register) -> tuple[ProofTypeFacts, ...]:
    """Read `proof_types`."""
    found = tuple(
        _read_proof_type(node, register)
        for node in root.children("proof_types", required=False)
    )
    forms = [each.blank_form for each in found if each.blank_form is not None]
    refuse_too_many(root, forms)
    return found


def _read_proof_type(node: Node, register: Register) -> ProofTypeFacts:
    validity, months, until = _read_validity(node)
    kind = node.choice("kind", ProofKind.values, required=False) or ProofKind.FILE
    facts = ProofTypeFacts(
        code=register.declare(PROOF_TYPES_DECLARED, node),
        name=node.text("name", at_most=120),
        kind=kind,
        subject=node.choice("subject", ProofSubject.values, required=False)
        or ProofSubject.HOUSEHOLD,
        help_text=node.text("help_text", required=False),
        validity=validity,
        validity_months=months,
        valid_until=until,
        proves=node.choice("proves", Proves.values, required=False) or Proves.NOTHING,
        questions=_read_form(node, kind),
        blank_form=read_blank_form(node),
    )
    node.close()
    return facts


def _read_validity(node: Node) -> tuple[str, int | None, date | None]:
    """Read how long it counts; months and the date belong to one kind each."""
    validity = node.choice("validity", ProofValidity.values)
    months = (
        node.integer("months", at_least=1, at_most=120)
        if validity == ProofValidity.MONTHS
        else None
    )
    until = node.day("until") if validity == ProofValidity.FIXED_DATE else None
    if validity is None:
        node.pass_over("months", "until")
    return validity or "", months, until


def _read_form(node: Node, kind: str) -> list[dict[str, Any]]:
    """Read the questions of a form; another kind of proof has none."""
    questions = read_questions(node)
    if kind == ProofKind.FORM and not questions:
        node.refuse("questions", "form_without_questions")
    if kind != ProofKind.FORM and questions:
        node.refuse("questions", "questions_without_form")
    return [each.to_data() for each in questions]


PROOF_TYPES = Section(("proof_types",), read_proof_types)


@dataclass(frozen=True, slots=True)
class FileRulesFacts:
    """How the town keeps its files; the names are those of the record's fields."""

    checked: list[str]
    answer_hours: int
    answer_unit: str
    opens_at: time
    closes_at: time
    review_month: int | None
    review_day: int | None


def read_file_rules(root: Node, _register: Register) -> FileRulesFacts | None:
    """Read `files`; None when the pack says nothing of them."""
    node = root.child("files", required=False)
    if node is None:
        return None
    review = node.child("review_from", required=False)
    facts = FileRulesFacts(
        checked=_read_checked(node),
        answer_hours=_read_integer(node, "answer_hours", at_most=720) or 72,
        answer_unit=node.choice("answer_unit", AnswerUnit.values, required=False)
        or AnswerUnit.WORKING_HOURS,
        opens_at=node.time("opens_at", required=False) or time(9),
        closes_at=node.time("closes_at", required=False) or time(17),
        review_month=_read_integer(review, "month", at_most=12),
        review_day=_read_integer(review, "day", at_most=28),
    )
    if facts.opens_at >= facts.closes_at:
        start = f"{facts.opens_at:%H:%M}"
        node.refuse("closes_at", "not_after_from", start=start)
    if review is not None:
        review.close()
    node.close()
    return facts


def _read_integer(node: Node | None, key: str, *, at_most: int) -> int | None:
    """Read a number from 1; both keys of a review are needed once it is there."""
    if node is None or (key == "answer_hours" and not node.has(key)):
        return None
    return node.integer(key, at_least=1, at_most=at_most)


def _read_checked(node: Node) -> list[str]:
    parts = node.texts("checked", required=False)
    for part in parts:
        if part not in list(Editable):
            allowed = ", ".join(Editable)
            node.refuse("checked", "not_allowed", value=part, allowed=allowed)
    return list(parts)


FILE_RULES = Section(("files",), read_file_rules)
