"""Rebuild a PDF from its pages alone: what is seen survives, what acts does not.

A new document receives the pages, and of each page only what draws it. Form fields and
notes are drawn into the page first, so that a filled form keeps its answers.
"""

import contextlib
import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from foundation.uploads.limits import MAX_PAGES
from foundation.uploads.reasons import Reason, Refusal

_PAGE_KEYS = frozenset(
    {
        "/Type",
        "/Parent",
        "/Contents",
        "/Resources",
        "/MediaBox",
        "/CropBox",
        "/Rotate",
        "/UserUnit",
        "/Group",
    }
)
# Removed wherever they are: actions, scripts, attached or outside files, metadata.
ACTIVE_KEYS = frozenset(
    {
        "/A",
        "/AA",
        "/AcroForm",
        "/AF",
        "/Annots",
        "/EF",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/JavaScript",
        "/JS",
        "/Launch",
        "/LastModified",
        "/Metadata",
        "/Names",
        "/OpenAction",
        "/OPI",
        "/PieceInfo",
        "/PS",
        "/Ref",
        "/RichMedia",
        "/URI",
        "/XFA",
    }
)
# A stream whose content would be fetched from another file.
_OUTSIDE_KEYS = frozenset({"/F", "/FFilter", "/FDecodeParms"})
_DICTIONARIES_OF_NAMES = frozenset(
    {
        "/CharProcs",
        "/ColorSpace",
        "/Colorants",
        "/ExtGState",
        "/Font",
        "/Pattern",
        "/Properties",
        "/Shading",
        "/XObject",
    }
)


def rebuild(data: bytes) -> tuple[bytes, int]:
    """Return the rebuilt PDF and its number of pages.

    Raises Refusal for a protected, a dynamic or a long one; any error of the reader
    passes.
    """
    with _open(data) as source, Pdf.new() as rebuilt:
        pages = len(source.pages)
        if pages > MAX_PAGES:
            raise Refusal(Reason.TOO_MANY_PAGES, pages=pages, limit=MAX_PAGES)
        if not pages:
            raise Refusal(Reason.UNREADABLE)
        _draw_fields_and_notes(source)
        rebuilt.pages.extend(source.pages)
        for page in rebuilt.pages:
            _keep_only_what_draws(page.obj)
        _remove_active_keys(rebuilt)
        content = io.BytesIO()
        rebuilt.save(
            content,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            # The same pages make the same file: a clean one stays as it is.
            deterministic_id=True,
        )
    return content.getvalue(), pages


def _open(data: bytes) -> Pdf:
    try:
        source = Pdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Refusal(Reason.PDF_LOCKED) from None
    if source.is_encrypted:
        raise Refusal(Reason.PDF_LOCKED)
    if source.Root.get(Name.NeedsRendering, False):
        raise Refusal(Reason.PDF_DYNAMIC_FORM)
    return source


def _draw_fields_and_notes(source: Pdf) -> None:
    if Name.AcroForm in source.Root:
        source.generate_appearance_streams()
    source.flatten_annotations("screen")


def _keep_only_what_draws(page: Object) -> None:
    for key in set(page.keys()) - _PAGE_KEYS:
        del page[key]
    drawn = page.get(Name.Contents)
    # An empty page is written in two ways in turn, and would never stay the same.
    if isinstance(drawn, Stream) and not drawn.read_raw_bytes():
        del page[Name.Contents]


def _remove_active_keys(pdf: Pdf) -> None:
    for container, is_named in _containers(pdf.Root):
        if isinstance(container, Stream):
            _refuse_to_swell(container)
            for key in _OUTSIDE_KEYS & set(container.keys()):
                del container[key]
        if not is_named:
            for key in ACTIVE_KEYS & set(container.keys()):
                del container[key]


def _refuse_to_swell(stream: Stream) -> None:
    """Decode what is not a picture: a bomb goes off here, where memory is counted."""
    if stream.get(Name.Subtype) == Name.Image:
        return
    # A damaged stream draws nothing; an enormous one raises MemoryError.
    with contextlib.suppress(pikepdf.PdfError):
        stream.read_bytes()


def _containers(root: Object) -> Iterator[tuple[Any, bool]]:
    """Yield every dictionary and stream that the document reaches.

    The second value is True where the keys are names chosen by the author, such as
    a font called "A": those must stay.
    """
    seen: set[tuple[tuple[int, int], bool]] = set()
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        found, is_named = waiting.pop()
        if not isinstance(found, Array | Dictionary | Stream):
            continue
        if found.is_indirect:
            if (found.objgen, is_named) in seen:
                continue
            seen.add((found.objgen, is_named))
        if not isinstance(found, Array):
            yield found, is_named
        waiting += _children(found, is_named=is_named)


def _children(container: Any, *, is_named: bool) -> list[tuple[Any, bool]]:
    if isinstance(container, Array):
        return [(child, False) for child in container]
    return [
        (container[key], key in _DICTIONARIES_OF_NAMES and not is_named)
        for key in container.keys()  # noqa: SIM118 - a pikepdf object is no Mapping.
    ]
