"""Blank forms as a pack carries them: read to the byte, or refused with the reason."""

from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest

from families.domain.blank_forms import (
    MOST_BYTES,
    BlankForm,
    blank_form_name,
    read_blank_form,
    written_content,
)
from foundation.problems import ConfigurationError
from foundation.reading import read

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8


def written(pdf: bytes = PDF, **changes: Any) -> dict[str, Any]:
    return {
        "name": "fiche.pdf",
        "sha256": sha256(pdf).hexdigest(),
        "content": written_content(pdf),
        **changes,
    }


def taken(block: Any) -> BlankForm | None:
    return read({"blank_template": block}, read_blank_form)


def reasons(block: Any) -> list[tuple[str, str]]:
    with pytest.raises(ConfigurationError) as refused:
        taken(block)
    return [(each.path, each.reason) for each in refused.value.problems]


def test_what_is_written_is_read_to_the_byte() -> None:
    assert taken(written()) == BlankForm("fiche.pdf", sha256(PDF).hexdigest(), PDF)


def test_the_content_may_stand_on_one_line() -> None:
    one_line = b64encode(PDF).decode()

    form = taken(written(content=one_line))

    assert form is not None
    assert form.content == PDF


def test_the_heaviest_is_taken_and_one_byte_more_is_not() -> None:
    heaviest = PDF.ljust(MOST_BYTES, b" ")

    assert taken(written(heaviest)) is not None
    assert reasons(written(heaviest + b" ")) == [
        ("blank_template.content", "file_too_heavy")
    ]


@pytest.mark.parametrize(
    ("block", "key", "reason"),
    [
        ("fiche.pdf", "", "not_a_mapping"),
        ({}, ".name", "missing"),
        (written(name="../fiche.pdf"), ".name", "not_a_pdf_name"),
        (written(name="a/b.pdf"), ".name", "not_a_pdf_name"),
        (written(name=".pdf"), ".name", "not_a_pdf_name"),
        (written(name="fiche.exe"), ".name", "not_a_pdf_name"),
        (written(name="fiche.pdf\u202e"), ".name", "not_a_pdf_name"),
        (written(sha256="A" * 64), ".sha256", "not_a_fingerprint"),
        (written(sha256="a" * 64), ".content", "file_altered"),
        (written(content="%PDF-"), ".content", "not_base64"),
        (written(content="JVBE"), ".content", "not_a_pdf"),
        (written(content="JVBERi0x*"), ".content", "not_base64"),
        (written(content="JVBERi0xé"), ".content", "not_base64"),
        (written(content="JVBERi0xA"), ".content", "not_base64"),
        (written(content=12), ".content", "not_a_text"),
        (written(b"<html>"), ".content", "not_a_pdf"),
        (written(b"MZ" + PDF), ".content", "not_a_pdf"),
        (written(content=written_content(PDF[:-3])), ".content", "file_altered"),
        (written(content="A" * 600_000), ".content", "file_too_heavy"),
        (written(size=3), ".size", "unknown_key"),
    ],
)
def test_anything_else_is_refused_at_its_place(
    block: Any, key: str, reason: str
) -> None:
    assert (f"blank_template{key}", reason) in reasons(block)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Fiche sanitaire 2026.pdf", "Fiche-sanitaire-2026.pdf"),
        ("Règlement (été).pdf", "Règlement-été.pdf"),
        ("...pdf", "document.pdf"),
        ("🙂.pdf", "document.pdf"),
        (f"{'x' * 80}.pdf", f"{'x' * 50}.pdf"),
    ],
)
def test_a_name_becomes_one_that_a_pack_may_hold(name: str, kept: str) -> None:
    assert blank_form_name(name) == kept
    assert taken(written(name=kept)) is not None
