"""Tell what a file is from its first bytes: its name proves nothing."""

from enum import StrEnum

_HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Kind(StrEnum):
    """The kinds accepted; the value is Pillow's name of the picture formats."""

    PDF = "PDF"
    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIC = "HEIF"


def find_kind(data: bytes) -> Kind | None:
    """Return the kind of the file, or None when it is not one that we accept."""
    start = data[:64]
    if start.removeprefix(_BYTE_ORDER_MARK).lstrip().startswith(b"%PDF-"):
        return Kind.PDF
    if start.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    return _find_boxed_kind(start)


def _find_boxed_kind(start: bytes) -> Kind | None:
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return Kind.WEBP
    if start[4:8] == b"ftyp" and start[8:12] in _HEIC_BRANDS:
        return Kind.HEIC
    return None
