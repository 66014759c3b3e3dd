"""Turn data into a tagged PDF that screen readers can follow (PDF/UA-1).

Fonts are those inside the compiler, so the same data gives the same bytes on every
machine. The compiler refuses a document without title, language or text alternative.
An application keeps its templates in its own gateway; they start with
`#import "theme.typ": *`, which is ours.
"""

import functools
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import typst

_TEMPLATES: Final = Path(__file__).parent / "templates"
_UNSHOWN: Final = "\N{WHITE SQUARE}"


def render_pdf(template: Path, data: Mapping[str, object]) -> bytes:
    """Return the PDF of a document; `contracts` says what every one wants.

    A character that no font can draw (an emoji, say) becomes a white square: one
    name must not stop the bills of a town. Raises typst.TypstError when the data
    does not fit the template.
    """
    try:
        return _compile(template, data)
    except typst.TypstError:
        shown = {key: _with_known_glyphs(value) for key, value in data.items()}
        if shown == data:
            raise
        return _compile(template, shown)


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _compile(template: Path, data: Mapping[str, object]) -> bytes:
    day = datetime.fromisoformat(str(data["date"])).replace(tzinfo=UTC)
    printed: bytes = typst.compile(  # type: ignore[call-overload] # Its stub forgets bytes.
        # As bytes it lies at our root, whatever its folder: it finds the theme there.
        template.read_bytes(),
        root=_TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=day,
    )
    return printed


def _with_known_glyphs(value: object) -> object:
    """Return the same data, every character without a glyph replaced."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value)
        return "".join(char if _has_glyph(char) else _UNSHOWN for char in text)
    if isinstance(value, Mapping):
        return {key: _with_known_glyphs(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_known_glyphs(item) for item in value]
    return value


@functools.lru_cache(maxsize=4096)
def _has_glyph(char: str) -> bool:
    """Tell whether the fonts can draw a character, by drawing it once."""
    if char.isascii() and char.isprintable():
        return True
    try:
        typst.compile(
            _TEMPLATES / "glyph.typ",
            root=_TEMPLATES,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"char": char},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError:
        return False
    return True
