"""Blank forms to download, as a pack carries them: a name, a fingerprint, the content.

A file is no text: it is written in base64, in lines. The fingerprint (SHA-256, of the
PDF itself) tells when the content was cut or altered on the way. A pack is one
megabyte at most, and its blank forms together leave room for the rest.
"""

import binascii
import re
from base64 import b64decode, encodebytes
from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256

from foundation.reading import Node

KILOBYTE = 1024
#: Of one blank form, and of all those of a town, in bytes.
MOST_BYTES = 256 * KILOBYTE
MOST_BYTES_TOGETHER = 512 * KILOBYTE
#: What a PDF begins with: the cleaning of uploads reads the rest.
PDF_HEAD = b"%PDF-"
KEY = "blank_template"

# As storages write names: no blanks, no folder; its address must fit the column.
_NAME = re.compile(r"\w[\w.-]{0,54}\.pdf")
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_NOT_IN_NAMES = re.compile(r"[^\w.-]")


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A PDF that families download, fill in and hand in."""

    name: str
    sha256: str
    content: bytes = field(repr=False)


def read_blank_form(node: Node) -> BlankForm | None:
    """Read `blank_template`; None where there is none, or a problem was noted."""
    child = node.child(KEY, required=False)
    if child is None:
        return None
    name = child.text("name", at_most=60)
    if name and not _NAME.fullmatch(name):
        child.refuse("name", "not_a_pdf_name")
    fingerprint = child.text("sha256")
    if fingerprint and not _FINGERPRINT.fullmatch(fingerprint):
        child.refuse("sha256", "not_a_fingerprint")
    content = _read_content(child)
    child.close()
    if child.is_sound and sha256(content).hexdigest() != fingerprint:
        child.refuse("content", "file_altered")
    return BlankForm(name, fingerprint, content) if child.is_sound else None


def refuse_too_many(node: Node, forms: Collection[BlankForm]) -> None:
    """Note that the blank forms of a pack weigh too much together."""
    if sum(len(each.content) for each in forms) > MOST_BYTES_TOGETHER:
        at_most = str(MOST_BYTES_TOGETHER // KILOBYTE)
        node.refuse("proof_types", "files_too_heavy", at_most=at_most)


def written_content(content: bytes) -> str:
    """Return a content as a pack writes it: base64, 76 characters a line."""
    return encodebytes(content).decode("ascii").strip()


def blank_form_name(name: str) -> str:
    """Return the name of a PDF as it may stand in a pack; `name` ends with `.pdf`."""
    stem = _NOT_IN_NAMES.sub("", name.removesuffix(".pdf").replace(" ", "-"))
    stem = stem.lstrip(".-")[:50].rstrip(".-")
    return f"{stem or 'document'}.pdf"


def _read_content(node: Node) -> bytes:
    text = "".join(node.text("content").split())
    if not text:
        return b""
    if len(text) > (MOST_BYTES + 2) // 3 * 4:
        node.refuse("content", "file_too_heavy", at_most=str(MOST_BYTES // KILOBYTE))
        return b""
    try:
        content = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        node.refuse("content", "not_base64")
        return b""
    if len(content) > MOST_BYTES:
        node.refuse("content", "file_too_heavy", at_most=str(MOST_BYTES // KILOBYTE))
    elif not content.startswith(PDF_HEAD):
        node.refuse("content", "not_a_pdf")
    return content
