import hashlib
import io
import sys
import threading

import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from foundation.errors import DomainError
from foundation.uploads import cleaning
from foundation.uploads.cleaning import UploadCheckError, clean_upload
from foundation.uploads.errors import UploadRefusedError
from foundation.uploads.limits import MAX_BYTES
from foundation.uploads.reasons import Reason
from tests.foundation.uploads import documents, pictures
from tests.foundation.uploads.words import EICAR


def refusal_of(data, name="a.pdf"):
    with pytest.raises(UploadRefusedError) as refused:
        clean_upload(data, declared_name=name)
    return refused.value


def test_a_clean_document_says_what_it_is():
    data = documents.save(documents.document(3))

    clean = clean_upload(data, declared_name="../avis\u202e d'impôt.docx")

    assert clean.content.startswith(b"%PDF-")
    assert (clean.content_type, clean.extension) == ("application/pdf", "pdf")
    assert clean.pages == 3
    assert clean.sha256 == hashlib.sha256(clean.content).hexdigest()
    assert clean.size == len(clean.content)
    assert clean.name == "avis d'impôt.pdf"
    assert "%PDF" not in repr(clean)


def test_a_photo_may_come_as_an_open_file_under_a_false_name():
    clean = clean_upload(io.BytesIO(pictures.HEIC), declared_name="scan.pdf")

    assert (clean.content_type, clean.name, clean.pages) == (
        "image/jpeg",
        "scan.jpg",
        1,
    )


def test_a_photo_just_under_the_limit_is_accepted():
    # What follows the picture weighs, and does not survive.
    data = pictures.JPEG + bytes(MAX_BYTES - len(pictures.JPEG))

    assert clean_upload(data, declared_name="a.jpg").size < 100_000


@pytest.mark.parametrize("as_file", [False, True])
def test_a_photo_of_30_megabytes_is_refused_with_the_limit_and_what_to_do(as_file):
    data = pictures.JPEG + bytes(30 * 1024 * 1024 - len(pictures.JPEG))
    refusal = refusal_of(ContentFile(data) if as_file else data)

    assert refusal.reason_code is Reason.TOO_HEAVY
    assert refusal.params == {"size": 30, "limit": 10}
    assert str(refusal).startswith("This file weighs 30 MB. The limit is 10 MB. Take")


def test_an_empty_file_is_refused():
    assert refusal_of(b"").reason_code is Reason.EMPTY
    assert refusal_of(io.BytesIO()).reason_code is Reason.EMPTY


def test_the_test_virus_is_refused():
    assert refusal_of(EICAR, "avis.pdf").reason_code is Reason.WRONG_KIND


def test_a_refusal_says_the_numbers_that_matter():
    refusal = refusal_of(documents.save(documents.document(31)))

    assert isinstance(refusal, DomainError)
    assert "has 31 pages. The limit is 30." in str(refusal)


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_refusal_is_short_and_complete(reason, language):
    params = {"size": 30, "limit": 10, "pages": 31}

    with translation.override(language):
        message = str(UploadRefusedError(reason, params))

    assert "{" not in message
    if language == "en":
        assert all(len(part.split()) <= 20 for part in message.split(". "))
        assert len(message.split(". ")) >= 2


def test_a_broken_installation_is_not_blamed_on_the_family(monkeypatch):
    command = [sys.executable, "-m", "no_such_module_of_ours"]
    monkeypatch.setattr(cleaning, "child_command", lambda: (command, {}))

    with pytest.raises(UploadCheckError, match="no_such_module_of_ours"):
        clean_upload(pictures.JPEG, declared_name="a.jpg")


def child_that(code):
    return lambda: ([sys.executable, "-I", "-c", code], {})


def test_a_child_that_hangs_is_killed(monkeypatch):
    monkeypatch.setattr(cleaning, "CHILD_WALL_SECONDS", 0.3)
    monkeypatch.setattr(
        cleaning, "child_command", child_that("import time; time.sleep(60)")
    )

    assert refusal_of(pictures.JPEG).reason_code is Reason.TOO_COMPLEX


def test_a_child_that_crashes_costs_one_refusal(monkeypatch):
    monkeypatch.setattr(cleaning, "child_command", child_that("import os; os.abort()"))

    assert refusal_of(pictures.JPEG).reason_code is Reason.TOO_COMPLEX


def test_a_child_that_lies_about_its_product_is_not_believed(monkeypatch):
    lie = 'print(\'{"content_type": "image/jpeg", "pages": 1}\\n<script>\')'
    monkeypatch.setattr(cleaning, "child_command", child_that(lie))

    assert refusal_of(pictures.JPEG).reason_code is Reason.UNREADABLE


def test_an_upload_that_cannot_get_its_turn_says_so(monkeypatch):
    monkeypatch.setattr(cleaning, "TURN_SECONDS", 0.05)
    monkeypatch.setattr(cleaning, "_turns", threading.BoundedSemaphore(1))

    with cleaning._turn():
        refusal = refusal_of(pictures.JPEG)

    assert refusal.reason_code is Reason.BUSY
    assert clean_upload(pictures.JPEG, declared_name="a.jpg").pages == 1
