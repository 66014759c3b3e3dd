"""The blank forms of proofs as files of a town: cleaned, recognised, put away.

Whoever sends one, a clerk or a pack, it goes through the cleaning of every upload:
what families download and print has nothing active in it.
"""

from functools import partial
from hashlib import sha256
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from families.domain.blank_forms import (
    KEY,
    KILOBYTE,
    MOST_BYTES,
    MOST_BYTES_TOGETHER,
    BlankForm,
    blank_form_name,
)
from families.domain.pack import ProofTypeFacts
from families.models import ProofType
from foundation.errors import DomainError
from foundation.problems import Problem
from foundation.uploads.cleaning import ReadableFile, clean_upload
from foundation.uploads.errors import UploadRefusedError

BLANK_FORM_SENTENCES = {
    "not_a_pdf_name": _(
        "A file name has letters, digits, hyphens and points only, and ends in “.pdf”."
    ),
    "not_a_fingerprint": _(
        "A SHA-256 fingerprint is expected here: 64 letters from a to f and digits."
    ),
    "file_altered": _(
        "This file is not the one of the fingerprint: it was cut or changed. Export "
        "it again."
    ),
    "file_too_heavy": _(
        "This file is too heavy: at most %(at_most)s KB. Save the PDF in a smaller "
        "size."
    ),
    "files_too_heavy": _(
        "The blank forms are too heavy together: at most %(at_most)s KB."
    ),
    "not_base64": _(
        "This is not base64: the text of a file. It was cut or changed. Export it "
        "again."
    ),
    "not_a_pdf": _("A PDF is expected here: any telephone opens it."),
    "blank_form_refused": _("This blank form cannot be taken. %(said)s"),
}


class HeavyBlankFormError(DomainError):
    """A blank form that the town's pack could not carry."""

    def __init__(self, reason: str, *, at_most: int) -> None:
        sentence = BLANK_FORM_SENTENCES[reason]
        super().__init__(sentence % {"at_most": at_most // KILOBYTE})


def problems_of_blank_forms(types: tuple[ProofTypeFacts, ...]) -> list[Problem]:
    """Return why blank forms of a pack cannot be taken, each with its place."""
    found = []
    for index, facts in enumerate(types):
        if facts.blank_form is None:
            continue
        place = f"proof_types[{index}].{KEY}.content"
        try:
            cleaned = cleaned_form(facts.blank_form)
        except UploadRefusedError as error:
            said = {"said": str(error)}
            found.append(Problem(place, "blank_form_refused", said))
            continue
        if len(cleaned.content) > MOST_BYTES:
            most = {"at_most": str(MOST_BYTES // KILOBYTE)}
            found.append(Problem(place, "file_too_heavy", most))
    return found


def cleaned_form(form: BlankForm) -> BlankForm:
    """Return a form as the town may keep it; one that is clean stays as it is.

    Raises UploadRefusedError.
    """
    clean = clean_upload(form.content, declared_name=form.name)
    return BlankForm(form.name, clean.sha256, clean.content)


def sent_form(file: ReadableFile, *, name: str) -> BlankForm:
    """Return what a clerk attached as the town may keep it, under a plain name.

    Raises UploadRefusedError.
    """
    clean = clean_upload(file, declared_name=name)
    return BlankForm(blank_form_name(clean.name), clean.sha256, clean.content)


def refuse_weight(form: BlankForm, *, replacing: ProofType) -> None:
    """Refuse a form too heavy for a pack, alone or with those of the other types.

    Raises HeavyBlankFormError.
    """
    weight = len(form.content)
    if weight > MOST_BYTES:
        raise HeavyBlankFormError("file_too_heavy", at_most=MOST_BYTES)
    others = ProofType.objects.exclude(pk=replacing.pk).exclude(template="")
    if weight + sum(_weight(each) for each in others) > MOST_BYTES_TOGETHER:
        raise HeavyBlankFormError("files_too_heavy", at_most=MOST_BYTES_TOGETHER)


def put_blank_form(row: ProofType, form: BlankForm, *, at_once: bool) -> None:
    """Give a type of proof its blank form; one that it has already is left alone.

    A town that is open keeps the file once everything else is kept: an import that
    is looked at, or refused, writes none.
    """
    clean = cleaned_form(form)
    storage, former = row.template.storage, str(row.template.name or "")
    is_there = bool(former) and storage.exists(former)
    if (
        is_there
        and fingerprint_of(row) == clean.sha256
        and (file_name_of(row) == form.name)
    ):
        return
    # Its content names its folder: the name that families see never changes.
    address = f"proof-templates/{clean.sha256[:16]}/{form.name}"
    row.template.name, row.template_sha256 = address, clean.sha256
    row.save(update_fields=["template", "template_sha256"])
    write = partial(_write, storage, address, clean.content, former)
    if at_once:
        write()
    else:
        transaction.on_commit(write)


def fingerprint_of(row: ProofType) -> str:
    """Return the SHA-256 of a type's blank form, in hexadecimal."""
    return row.template_sha256 or sha256(content_of(row)).hexdigest()


def file_name_of(row: ProofType) -> str:
    """Return the name of a type's blank form, without its folder."""
    return PurePosixPath(str(row.template.name)).name


def content_of(row: ProofType) -> bytes:
    """Return the blank form of a type of proof."""
    with row.template.storage.open(str(row.template.name)) as file:
        content: bytes = file.read()
    return content


def _weight(row: ProofType) -> int:
    try:
        return int(row.template.size)
    except FileNotFoundError:
        return 0


def _write(storage: Storage, address: str, content: bytes, former: str) -> None:
    if not storage.exists(address):
        storage.save(address, ContentFile(content))
    if former and former != address:
        storage.delete(former)
