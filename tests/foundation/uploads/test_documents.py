import io
from decimal import Decimal

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from foundation.uploads.documents import rebuild
from tests.foundation.uploads import documents


def text_of(content):
    return pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()


def rebuilt(data):
    content, _ = rebuild(data)
    return pikepdf.open(io.BytesIO(content))


def test_the_text_of_the_pages_survives_in_order():
    pdf = documents.document(3)
    for number, page in enumerate(pdf.pages):
        page.obj.Contents = pdf.make_stream(b"BT /F1 9 Tf (page %d) Tj ET" % number)

    content, pages = rebuild(documents.save(pdf))

    read = pypdf.PdfReader(io.BytesIO(content))
    assert [page.extract_text() for page in read.pages] == [
        "page 0",
        "page 1",
        "page 2",
    ]
    assert pages == 3


def test_a_filled_form_keeps_its_answers_without_its_fields():
    content, _ = rebuild(documents.made(documents.filled_form))

    assert "Dupont" in text_of(content)
    assert pypdf.PdfReader(io.BytesIO(content)).get_fields() is None


def test_rotation_and_size_inherited_from_the_tree_are_kept():
    pdf = documents.document()
    page = pdf.pages[0].obj
    del page.MediaBox
    pdf.Root.Pages.MediaBox = Array([0, 0, 123, 456])
    pdf.Root.Pages.Rotate = 90

    with rebuilt(documents.save(pdf)) as result:
        kept = result.pages[0].obj

        assert [Decimal(side) for side in kept.MediaBox] == [0, 0, 123, 456]
        assert kept.Rotate == 90


@pytest.mark.parametrize("key", ["/A", "/JS", "/AF", "/F"])
def test_a_font_may_be_called_like_an_action(key):
    pdf = documents.document(content=f"BT {key} 9 Tf (kept) Tj ET".encode())
    font = pdf.pages[0].obj.Resources.Font.F1
    pdf.pages[0].obj.Resources.Font = pdf.make_indirect(Dictionary({key: font}))

    content, _ = rebuild(documents.save(pdf))

    assert "kept" in text_of(content)


def test_a_drawing_shared_by_two_keys_is_still_cleaned():
    pdf = documents.document()
    shared = pdf.make_indirect(Dictionary(JS=documents.script()))
    documents.drawing(pdf, Resources=Dictionary(Font=shared, Other=shared))

    with rebuilt(documents.save(pdf)) as result:
        form = result.pages[0].obj.Resources.XObject.X1

        assert "/JS" not in form.Resources.Other


def test_the_document_says_nothing_of_its_author():
    pdf = documents.document()
    pdf.docinfo["/Author"] = "Claire Martin"
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = ["Claire Martin"]

    content, _ = rebuild(documents.save(pdf))

    assert b"Martin" not in content
    with pikepdf.open(io.BytesIO(content)) as result:
        assert "/Info" not in result.trailer
        assert set(result.Root.keys()) == {"/Type", "/Pages"}


def test_a_page_keeps_only_what_draws_it():
    pdf = documents.document()
    pdf.pages[0].obj.PrivateMark = documents.script()
    pdf.pages[0].obj.StructParents = 0

    with rebuilt(documents.save(pdf)) as result:
        kept = set(result.pages[0].obj.keys())

        assert kept == {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}


def test_a_stream_never_points_to_an_outside_file():
    with rebuilt(documents.made(documents.outside_stream)) as result:
        drawing = result.pages[0].obj.Resources.XObject.X1

        assert not {"/F", "/FFilter", "/FDecodeParms"} & set(drawing.keys())


def test_an_unused_object_is_left_behind():
    pdf = documents.document()
    pdf.Root.Hidden = pdf.make_stream(b"hidden words")

    content, _ = rebuild(documents.save(pdf))

    with pikepdf.open(io.BytesIO(content)) as result:
        streams = [o for o in result.objects if isinstance(o, pikepdf.Stream)]
        assert [o for o in streams if b"hidden" in o.read_bytes()] == []


def test_rebuilding_twice_changes_nothing_more():
    once, _ = rebuild(documents.made(documents.deep_script))

    twice, _ = rebuild(once)

    assert documents_keys(once) == documents_keys(twice)


def documents_keys(content):
    with Pdf.open(io.BytesIO(content)) as pdf:
        kinds = (pikepdf.Dictionary, pikepdf.Stream)
        return [sorted(o.keys()) for o in pdf.objects if isinstance(o, kinds)]


def test_a_compressed_picture_is_not_touched():
    pdf = documents.document(content=b"q 9 0 0 9 0 0 cm /I1 Do Q")
    picture = pdf.make_stream(b"\x01\x02\x03")
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width = picture.Height = 1
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
    pdf.pages[0].obj.Resources.XObject = Dictionary(I1=picture)

    with rebuilt(documents.save(pdf)) as result:
        kept = result.pages[0].obj.Resources.XObject.I1

        assert kept.read_bytes() == b"\x01\x02\x03"
