"""The ready sentences a town opens with; clerks change, add and delete them."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from enrolment.enums import SentenceUse
from enrolment.models import ReadySentence
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


def fill_sentences(*, town: Town) -> None:
    """Write the first sentences, in the language of the town."""
    with translation.override(town.locale):
        ReadySentence.objects.bulk_create(
            ReadySentence(
                use=use, title=str(title), sentence=str(sentence), position=position
            )
            for position, (use, title, sentence) in enumerate(FIRST_SENTENCES)
        )
