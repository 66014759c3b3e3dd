"""The pages of a proof that still waits: one more photo, one taken away."""

from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction

from families.enums import ProofStatus
from families.models import Document, Proof
from families.services.proof_errors import AlreadyReviewedError
from families.signals import document_kept
from foundation.accounts.models import Account
from foundation.journal.services import record
from foundation.uploads.cleaning import CleanFile

PDF = "application/pdf"


def keep_document(*, proof: Proof, file: CleanFile) -> Document:
    """Keep a clean file of a proof, encrypted; in the caller's transaction."""
    document = Document.objects.create(
        proof=proof,
        file=ContentFile(file.content, name="document"),
        original_name=file.name,
        content_type=file.content_type,
        size=file.size,
        pages=file.pages,
        sha256=file.sha256,
    )
    document_kept.send(sender=Document, document_id=document.pk)
    return document


def clean_copy(document: Document) -> CleanFile:
    """Return a document given before as a file to give again; it is clean already."""
    with document.file.open("rb") as kept:
        content = kept.read()
    return CleanFile(
        content=content,
        content_type=document.content_type,
        extension="pdf" if document.content_type == PDF else "jpg",
        pages=document.pages,
        sha256=document.sha256,
        name=document.original_name,
    )


@transaction.atomic
def add_documents(*, proof: Proof, files: Sequence[CleanFile], actor: Account) -> None:
    """Add clean files to a proof that waits. Raises AlreadyReviewedError."""
    proof = _lock_waiting(proof)
    known = set(proof.documents.values_list("sha256", flat=True))
    # The same file sent twice, by a double click, is the same page.
    new = [file for file in files if file.sha256 not in known]
    for file in new:
        keep_document(proof=proof, file=file)
    if new:
        record(
            actor=actor,
            action="documents added",
            target=proof,
            new={"documents": len(new)},
        )


@transaction.atomic
def remove_document(*, document: Document, actor: Account) -> None:
    """Take a page away from a proof that waits; without any page left, the proof too.

    Raises AlreadyReviewedError.
    """
    proof = _lock_waiting(document.proof)
    store, name = document.file.storage, str(document.file.name)
    document.delete()
    record(actor=actor, action="document removed", target=proof)
    transaction.on_commit(lambda: store.delete(name))
    if not proof.documents.exists():
        proof.status = ProofStatus.WITHDRAWN
        proof.save(update_fields=["status"])


def _lock_waiting(proof: Proof) -> Proof:
    locked = Proof.objects.select_for_update(of=("self",)).get(pk=proof.pk)
    if locked.status != ProofStatus.SUBMITTED:
        raise AlreadyReviewedError
    return locked
