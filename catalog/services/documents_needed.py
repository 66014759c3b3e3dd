"""The documents to have ready for a service, in words, before any account."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext

from catalog.models import Requirement
from families.domain.proof_forms import NO, YES
from families.enums import ProofKind, ProofValidity
from families.models import ProofType
from families.services.proof_answers import questions_of
from foundation.days import date_format


@dataclass(frozen=True, slots=True)
class DocumentNeeded:
    """One document: when it is asked, how long it counts, its blank form."""

    name: str
    help_text: str
    is_mandatory: bool
    when: str
    lasts: str
    is_answered_online: bool
    blank_form: str


def documents_needed(requirements: Iterable[Requirement]) -> list[DocumentNeeded]:
    """Return what is asked for, in the order given; types are read along."""
    return [_needed(each) for each in requirements]


def _needed(requirement: Requirement) -> DocumentNeeded:
    proof_type = requirement.proof_type
    return DocumentNeeded(
        name=proof_type.name,
        help_text=proof_type.help_text,
        is_mandatory=requirement.is_mandatory,
        when=_when(requirement),
        lasts=_lasts(proof_type),
        is_answered_online=proof_type.kind != ProofKind.FILE,
        blank_form=proof_type.template.url if proof_type.template else "",
    )


def _when(requirement: Requirement) -> str:
    if requirement.situation is not None:
        return _("Only for: %(name)s") % {"name": requirement.situation.name}
    form = requirement.only_if_proof
    if form is None:
        return ""
    code, answer = requirement.only_if_question, requirement.only_if_answer
    asked = next((each for each in questions_of(form) if each.code == code), None)
    words = {YES: _("Yes"), NO: _("No")}.get(answer, answer)
    return _("Only if you answer “%(answer)s” to “%(question)s”") % {
        "answer": words,
        "question": asked.label if asked else form.name,
    }


def _lasts(proof_type: ProofType) -> str:
    match proof_type.validity:
        case ProofValidity.MONTHS:
            months = proof_type.validity_months or 0
            text = ngettext(
                "Counts for %(count)s month", "Counts for %(count)s months", months
            )
            return text % {"count": months}
        case ProofValidity.FIXED_DATE if proof_type.valid_until:
            day = date_format(proof_type.valid_until, "DATE_FORMAT")
            return _("Counts until %(day)s") % {"day": day}
        case ProofValidity.SCHOOL_YEAR:
            return _("Counts until the end of the school year")
    return _("Asked once")
