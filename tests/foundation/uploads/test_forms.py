from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from foundation.uploads.forms import ProofFileField
from tests.foundation.uploads import pictures


class ProofForm(forms.Form):
    file = ProofFileField()


class OptionalProofForm(forms.Form):
    file = ProofFileField(required=False)


def received(**files):
    return MultiValueDict({name: [file] for name, file in files.items()})


def submitted(name, content):
    return ProofForm({}, received(file=SimpleUploadedFile(name, content)))


def test_the_form_gives_the_clean_file():
    form = submitted("photo.heic", pictures.HEIC)

    assert form.is_valid()
    assert form.cleaned_data["file"].name == "photo.jpg"
    assert form.cleaned_data["file"].content.startswith(b"\xff\xd8\xff")


def test_the_refusal_is_written_on_the_field():
    form = submitted("avis.pdf", b"GIF89a")

    assert not form.is_valid()
    assert form.errors.as_data()["file"][0].code == "wrong_kind"
    assert "Send a PDF or a photo" in form.errors["file"][0]


def test_a_heavy_file_is_refused_before_it_is_read():
    class Unread(SimpleUploadedFile):
        def read(self, *_):
            raise AssertionError("read")

    heavy = Unread("a.jpg", b"x")
    heavy.size = 30 * 1024 * 1024

    form = ProofForm({}, received(file=heavy))

    assert form.errors.as_data()["file"][0].code == "too_heavy"


def test_an_empty_file_is_refused_with_our_words():
    form = submitted("a.pdf", b"")

    assert form.errors.as_data()["file"][0].code == "empty"


def test_a_missing_file_is_asked_for_unless_optional():
    assert not ProofForm({}, received()).is_valid()
    assert OptionalProofForm({}, received()).is_valid()


def test_the_field_offers_photos_and_documents():
    assert 'accept="image/*,application/pdf"' in str(ProofForm()["file"])
