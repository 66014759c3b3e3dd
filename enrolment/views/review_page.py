"""The review page: each proof with its forms, the documents, the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from enrolment.enums import NeedState, RequestStatus, SentenceUse
from enrolment.forms.review import AcceptProofForm, AccessForm, ReasonForm
from enrolment.models import AccessRequest, ReadySentence
from enrolment.queries.needs import Need
from enrolment.queries.requests import history_of
from enrolment.services.request_lines import NEED_TONES, TONES, place_of, validity_of
from enrolment.services.review import proposed_days
from enrolment.services.review_rows import clock_line, shown_value
from families.enums import ProofStatus
from families.models import Document, Proof
from families.services.proof_answers import answer_lines
from foundation.journal.models import Entry


@dataclass(frozen=True, slots=True)
class ProofBlock:
    """One proof asked for; the forms are there while it waits for a decision."""

    need: Need
    tone: str
    until: str
    value: str
    answers: tuple[tuple[str, str], ...]
    documents: tuple[Document, ...]
    accept: AcceptProofForm | None = None
    refuse: ReasonForm | None = None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """All that the page shows of a request."""

    place: str
    tone: str
    is_waiting: bool
    is_ready: bool
    clock: str
    blocks: tuple[ProofBlock, ...]
    documents: tuple[Document, ...]
    access: AccessForm
    more: ReasonForm
    no: ReasonForm
    history: Sequence[Entry]

    @property
    def has_answers(self) -> bool:
        """Say whether a form built by a clerk was filled in."""
        return any(block.answers for block in self.blocks)

    def document_shown(self, public_id: str) -> Document | None:
        """Return the document asked for, else the first one of a waiting proof."""
        waiting = [
            document
            for block in self.blocks
            if block.accept is not None
            for document in block.documents
        ]
        asked = [each for each in self.documents if str(each.public_id) == public_id]
        return next(iter([*asked, *waiting, *self.documents]), None)


def review_page(
    asked: AccessRequest,
    needs: Sequence[Need],
    *,
    given: Mapping[str, forms.Form],
    proof: Proof | None,
    today: date,
    sentences: Mapping[str, Sequence[ReadySentence]],
) -> ReviewPage:
    """Build the page; `given` holds the forms that came back with an error.

    `proof` is the one that `accept` and `refuse` are about.
    """
    is_waiting = asked.status == RequestStatus.SUBMITTED
    refusals = sentences.get(SentenceUse.REFUSE_PROOF, ()) if is_waiting else None
    blocks = tuple(
        _block(need, given if need.proof == proof else {}, today, refusals)
        for need in needs
    )
    page: dict[str, Any] = {
        "access": _access_form(asked, needs, today) if is_waiting else AccessForm(),
        "more": _reason("more", sentences.get(SentenceUse.ASK_FOR_MORE, ())),
        "no": _reason("no", sentences.get(SentenceUse.REFUSE_REQUEST, ())),
    }
    page |= {name: form for name, form in given.items() if name in page}
    return ReviewPage(
        place=place_of(asked.service),
        tone=TONES[asked.status],
        is_waiting=is_waiting,
        is_ready=all(
            need.state == NeedState.VALID or not need.requirement.is_mandatory
            for need in needs
        ),
        clock=clock_line(asked, today=today),
        blocks=blocks,
        documents=tuple(each for block in blocks for each in block.documents),
        history=list(history_of(asked)),
        **page,
    )


def _reason(prefix: str, sentences: Sequence[ReadySentence]) -> ReasonForm:
    return ReasonForm(prefix=prefix, sentences=sentences)


def _block(
    need: Need,
    given: Mapping[str, forms.Form],
    today: date,
    sentences: Sequence[ReadySentence] | None,
) -> ProofBlock:
    """Return one proof; `sentences` is None when nothing can be decided any more."""
    proof, is_waiting = need.proof, sentences is not None
    answers = tuple(answer_lines(proof)) if proof is not None else ()
    block: dict[str, Any] = {}
    if is_waiting and proof is not None and proof.status == ProofStatus.SUBMITTED:
        block = {
            "accept": AcceptProofForm(proof=proof, initial={"valid_from": today}),
            "refuse": ReasonForm(
                prefix=f"r{proof.public_id.hex}", sentences=sentences or ()
            ),
            **{name: form for name, form in given.items() if name in _OF_PROOFS},
        }
    return ProofBlock(
        need=need,
        tone=NEED_TONES[need.state],
        until=validity_of(need),
        value=shown_value(proof) if proof is not None and not answers else "",
        answers=answers,
        documents=tuple(proof.documents.all()) if proof is not None else (),
        **block,
    )


_OF_PROOFS = frozenset({"accept", "refuse"})


def _access_form(
    asked: AccessRequest, needs: Sequence[Need], today: date
) -> AccessForm:
    days = proposed_days(asked, today=today, needs=needs)
    return AccessForm(prefix="access", initial=AccessForm.initial_of(days))
