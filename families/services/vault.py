"""The papers of a household, newest first, whoever made them."""

from typing import cast

from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from families.domain.vault import Paper, VaultKind
from families.enums import ProofStatus
from families.models import Document, Household
from families.signals import vault_shown

WORDS = {
    VaultKind.GIVEN: _("What I sent"),
    VaultKind.INVOICE: _("Invoices"),
    VaultKind.RECEIPT: _("Receipts"),
    VaultKind.MANDATE: _("Direct debit mandates"),
    VaultKind.CERTIFICATE: pgettext_lazy("of a child", "Certificates"),
}


#: More would make the page of a proof longer than its question.
MOST_AGAIN = 8


def papers_of(household: Household) -> list[Paper]:
    """Return the papers of a household; each part is read in one query."""
    sent = vault_shown.send(sender=Household, household=household)
    # The stubs believe that every receiver answers a text.
    answers = cast("list[list[Paper] | None]", [answer for _receiver, answer in sent])
    made = [each for answer in answers for each in answer or ()]
    papers = [*_given(household), *made]
    return sorted(papers, key=lambda each: each.at, reverse=True)


def known_documents(household: Household) -> list[Document]:
    """Return the files that a household may give again, the newest first, once each."""
    found = (
        Document.objects.filter(proof__household=household)
        .exclude(proof__status=ProofStatus.REFUSED)
        .select_related("proof__proof_type")
        .order_by("-created_at", "-id")
    )
    once: dict[str, Document] = {}
    for document in found:
        once.setdefault(document.sha256, document)
    return list(once.values())[:MOST_AGAIN]


def _given(household: Household) -> list[Paper]:
    documents = (
        Document.objects.filter(proof__household=household)
        .select_related("proof__proof_type", "proof__child", "proof__person")
        .order_by("-created_at", "-id")
    )
    return [
        Paper(
            kind=VaultKind.GIVEN,
            title=_name(each),
            href=reverse("families:document", args=[each.public_id]),
            at=each.created_at,
            meta=f"{each.original_name}, {each.proof.get_status_display()}",
            again_href=reverse("families:proof", args=[each.proof.public_id]),
        )
        for each in documents
    ]


def _name(document: Document) -> str:
    """Return what the document was given for, and whom it is about."""
    proof = document.proof
    parts = [proof.proof_type.name, str(proof.child or proof.person or "")]
    return ", ".join(filter(None, parts))
