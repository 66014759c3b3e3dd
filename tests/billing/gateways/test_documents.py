import hashlib
import re
from collections.abc import Mapping
from copy import deepcopy
from io import BytesIO
from typing import Any

import pytest
import typst
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from billing.gateways.documents import render_pdf
from tests.billing.gateways.document_examples import INVOICE, MANDATE, RECEIPT

ALL = pytest.mark.parametrize(
    ("template", "data"),
    [("invoice", INVOICE), ("receipt", RECEIPT), ("mandate", MANDATE)],
)


def read(template: Any, data: Mapping[str, object]) -> PdfReader:
    return PdfReader(BytesIO(render_pdf(template, data)))


def text_of(reader: PdfReader) -> str:
    text = "\n".join(page.extract_text() for page in reader.pages)
    return text.replace("\u200b", "")


def root_of(reader: PdfReader) -> Any:
    return reader.trailer["/Root"].get_object()


def resources_of(page: Any) -> Any:
    return page["/Resources"]


def tags_of(reader: PdfReader) -> list[str]:
    found: list[str] = []
    waiting: list[Any] = [root_of(reader)["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, DictionaryObject):
            found.append(str(node.get("/S", "")))
            waiting.append(node.get("/K", DictionaryObject()))
    return found


@ALL
def test_a_document_is_tagged_titled_and_says_its_language(template, data):
    reader = read(template, data)

    root = root_of(reader)
    assert root["/MarkInfo"]["/Marked"] is not None
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == data["title"]
    assert tags_of(reader).count("/H1") == 1


@ALL
def test_a_document_declares_that_it_is_universally_accessible(template, data):
    reader = read(template, data)

    xmp = root_of(reader)["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part[>=\"]+1", xmp)


def digest(template: Any, data: Mapping[str, object]) -> str:
    return hashlib.sha256(render_pdf(template, data)).hexdigest()


@ALL
def test_the_same_data_always_gives_the_same_bytes(template, data):
    digests = {digest(template, deepcopy(data)) for _ in range(3)}

    assert len(digests) == 1
    assert digest(template, data | {"date": "2027-01-01"}) not in digests


@ALL
def test_a_document_is_dated_by_its_data_and_not_by_the_clock(template, data):
    reader = read(template, data | {"date": "2001-02-03"})

    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.strftime("%Y-%m-%d") == "2001-02-03"


@ALL
def test_every_font_travels_inside_the_document(template, data):
    reader = read(template, data)

    fonts: list[Any] = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for page in reader.pages
        for font in resources_of(page)["/Font"].values()
    ]
    assert fonts
    for font in fonts:
        descriptor = font["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_an_invoice_says_what_a_family_needs_to_pay_and_to_link_its_account():
    text = text_of(read("invoice", INVOICE))

    for words in (
        "Facture de novembre 2026",
        "Zoé Martin-Lefèvre",
        "ENF-2026-000042",
        "Code émission 0042-7719",
        "Code personne P-20318",
        "F-01877",
        "Cantine, école Jean-Moulin",
        "3,2508 €",
        "136,62 €",
        "20 décembre 2026",
        "STAUBIN-2026-000042",
        "16 repas à 3,2508 € font 52,0128 €, arrondi à 52,01 €.",
        "article 256 B",
    ):
        assert words in text, words


def test_a_receipt_and_a_mandate_say_what_they_prove():
    receipt = text_of(read("receipt", RECEIPT))
    mandate = text_of(read("mandate", MANDATE))

    assert "REC-2026-000318" in receipt
    assert "ENF-2026-000041" in receipt
    assert "FR72ZZZ123456" in mandate
    assert "STAUBIN-2026-000042" in mandate
    assert "FR14 •••• •••• 2606" in mandate
    assert "18 h 42" in mandate


def test_amounts_stand_in_a_table_with_headed_columns():
    tags = tags_of(read("invoice", INVOICE))

    assert tags.count("/Table") == 2
    assert tags.count("/TH") == 10
    assert tags.count("/TD") == 15


def long_invoice(count: int = 100, **line: Any) -> dict[str, Any]:
    invoice: Any = deepcopy(INVOICE)
    model = invoice["sections"][0]["lines"][0] | line
    invoice["sections"][0]["lines"] = [
        model | {"description": f"Ligne {number:03d}", "trace": []}
        for number in range(count)
    ]
    return invoice  # type: ignore[no-any-return]  # A document made wrong on purpose.


def test_a_hundred_lines_are_all_there_under_a_header_on_every_page():
    reader = read("invoice", long_invoice())

    text = text_of(reader)
    assert len(reader.pages) > 3
    for number in range(100):
        assert f"Ligne {number:03d}" in text
    for page in reader.pages[:4]:
        assert "Prix unitaire" in page.extract_text()
    assert f"Page 2 sur {len(reader.pages)}" in text


MARKUP = "#panic() [a] $x^2$ *b* _c_ `d` @e <f> \\ // /* = - + ~ ' \" #{1} ]"


@ALL
def test_signs_that_mean_something_to_the_compiler_are_only_text(template, data):
    person = {"invoice": "addressee", "receipt": "payer", "mandate": "debtor"}[template]
    hostile: Any = deepcopy(data) | {"title": MARKUP}
    hostile[person]["name"] = MARKUP
    hostile["town"]["name"] = MARKUP
    hostile["legal"] = [MARKUP]

    text = re.sub(r"\s", "", text_of(read(template, hostile)))

    assert text.count(re.sub(r"\s", "", MARKUP)) >= 4


def test_a_name_without_spaces_breaks_instead_of_running_over():
    invoice: Any = deepcopy(INVOICE)
    invoice["sections"][0]["lines"][0]["description"] = "W" * 200

    text = re.sub(r"\s", "", text_of(read("invoice", invoice)))

    assert "W" * 200 in text


@pytest.mark.parametrize("name", ["Zoé 🎉", "李 小龙", "\x01Zoé", "👩‍👩‍👧 Zoé", "ไทย"])
def test_a_character_without_glyph_becomes_a_square(name):
    invoice: Any = deepcopy(INVOICE)
    invoice["addressee"]["name"] = name

    text = text_of(read("invoice", invoice))

    assert "□" in text
    assert "14 rue des Écoles" in text


@pytest.mark.parametrize("name", ["Ωμέγα", "Кирилл", "Nguyễn Đặng", "Łukasz Strauß"])
def test_european_and_vietnamese_names_are_drawn_as_they_are(name):
    invoice: Any = deepcopy(INVOICE)
    invoice["addressee"]["name"] = name

    assert name in text_of(read("invoice", invoice))


def test_a_logo_is_drawn_beside_the_name():
    image = BytesIO()
    Image.new("RGB", (64, 64), "#1f6f78").save(image, "PNG")
    invoice: Any = deepcopy(INVOICE)
    invoice["town"]["logo"] = {"format": "png", "data": list(image.getvalue())}

    reader = read("invoice", invoice)

    assert len(reader.pages[0].images) == 1


def test_a_quebec_town_prints_on_letter_paper():
    page = read("invoice", INVOICE | {"paper": "us-letter"}).pages[0]

    assert (round(page.mediabox.width), round(page.mediabox.height)) == (612, 792)


def test_data_that_misses_something_is_refused():
    incomplete = {key: value for key, value in INVOICE.items() if key != "number"}

    with pytest.raises(typst.TypstError, match="number"):
        render_pdf("invoice", incomplete)
