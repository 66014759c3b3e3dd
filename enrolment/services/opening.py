"""The ready sentences a town opens with; clerks change, add and delete them."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from enrolment.domain.pack import SENTENCES, SentenceFacts
from enrolment.enums import SentenceUse
from enrolment.models import ReadySentence
from tenants.domain.pack_writing import plain_text
from tenants.domain.packs import Pack
from tenants.models import Town

FIRST_SENTENCES = (
    (
        SentenceUse.REFUSE_PROOF,
        _("Cannot be read"),
        _("We cannot read this document. Send a sharper photo, or the file itself."),
    ),
    (
        SentenceUse.REFUSE_PROOF,
        _("Too old"),
        _("This document is too old. Send one of the last three months."),
    ),
    (
        SentenceUse.REFUSE_PROOF,
        _("Another name"),
        _("This document bears another name. Send one in your own name."),
    ),
    (
        SentenceUse.ASK_FOR_MORE,
        _("A page is missing"),
        _("A page is missing. Send the whole document."),
    ),
    (
        SentenceUse.ASK_FOR_MORE,
        _("Your address"),
        _("Your file and your proof name two addresses. Tell us which one is right."),
    ),
    (
        SentenceUse.REFUSE_REQUEST,
        _("No place left"),
        _("All the places of this service are taken for this period."),
    ),
)


def fill_sentences(*, town: Town, pack: Pack) -> None:
    """Write the pack's sentences; without any, ours in the language of the town."""
    said = pack.get(SENTENCES)
    with translation.override(town.locale):
        ours = [
            SentenceFacts(use, str(title), str(sentence))
            for use, title, sentence in FIRST_SENTENCES
        ]
    _write(ours if said is None else said)


def put_sentences(*, pack: Pack) -> None:
    """Put the pack's sentences onto an open town; none is deleted."""
    said = pack.get(SENTENCES)
    _write(said or ())


def sentences_facts() -> dict[str, Any]:
    """Return the sentences of a pack as plain data, the empty list included."""
    rows = ReadySentence.objects.order_by("use", "position", "title", "id")
    return {
        "ready_sentences": [
            {
                "use": each.use,
                "title": plain_text(each.title),
                "sentence": plain_text(each.sentence),
            }
            for each in rows
        ]
    }


def _write(sentences: Iterable[SentenceFacts]) -> None:
    for position, facts in enumerate(sentences):
        ReadySentence.objects.update_or_create(
            use=facts.use,
            title=facts.title,
            defaults={"sentence": facts.sentence, "position": position},
        )
