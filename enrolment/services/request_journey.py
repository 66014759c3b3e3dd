"""The way through a request: what comes next, what is shown of each step."""

from django.urls import reverse
from django.utils.translation import gettext as _

from enrolment.enums import NeedState
from enrolment.models import AccessRequest
from enrolment.queries.needs import Need, missing_of
from enrolment.services.request_lines import NEED_TONES, place_of, validity_of
from families.models import Proof
from families.services.proof_answers import answer_lines


def next_step(
    asked: AccessRequest, needs: list[Need], *, after: Need | None = None
) -> str:
    """Return the next proof to add after one of them, else what is left, else check."""
    asked_ids = [need.requirement.pk for need in needs]
    start = 0 if after is None else asked_ids.index(after.requirement.pk) + 1
    lacking = [need for need in needs[start:] if not need.is_met] + missing_of(needs)
    if lacking:
        return proof_url(asked, lacking[0])
    return reverse("enrolment:request-check", args=[asked.public_id])


def proof_url(asked: AccessRequest, need: Need) -> str:
    """Return the page that asks for one proof."""
    ids = [asked.public_id, need.requirement.public_id]
    return reverse("enrolment:request-proof", args=ids)


def task_of(asked: AccessRequest, need: Need) -> dict[str, object]:
    """Return a proof as the task list shows it."""
    hint = validity_of(need)
    if need.state == NeedState.VALID:
        hint = _("We already have it, %(until)s.") % {"until": hint}
    elif need.state == NeedState.REFUSED and need.proof is not None:
        hint = need.proof.refusal_reason
    elif need.state == NeedState.MISSING and not need.requirement.is_mandatory:
        hint = _("Optional: you may skip it.")
    return {
        "title": need.proof_type.name,
        "href": proof_url(asked, need),
        "hint": hint,
        "status": need.state.label,
        "tone": NEED_TONES[need.state],
    }


def answers_of(asked: AccessRequest, needs: list[Need]) -> list[dict[str, object]]:
    """Return all the answers, each with the way to change it."""
    rows: list[dict[str, object]] = [
        {"key": _("Child"), "value": str(asked.child)},
        {"key": _("Service"), "value": f"{asked.service}, {place_of(asked.service)}"},
    ]
    if asked.situation:
        href = reverse("enrolment:request-situation", args=[asked.public_id])
        change = [{"text": _("Change"), "href": href}]
        rows.append(
            {"key": _("Situation"), "value": str(asked.situation), "actions": change}
        )
    return rows + [_proof_row(asked, need) for need in needs]


def _proof_row(asked: AccessRequest, need: Need) -> dict[str, object]:
    value = ""
    if need.proof is not None and need.is_met:
        names = [each.original_name for each in need.proof.documents.all()]
        value = "\n".join(names) or _typed(need.proof)
        if need.state == NeedState.VALID:
            value = _("We already have it, %(until)s") % {"until": validity_of(need)}
    return {
        "key": need.proof_type.name,
        "value": value,
        "actions": [{"text": _("Change"), "href": proof_url(asked, need)}],
    }


def _typed(proof: Proof) -> str:
    """Return the answers of a form, or say that the text was given."""
    lines = [f"{question} {answer}" for question, answer in answer_lines(proof)]
    return "\n".join(lines) or _("Typed in")
