import unicodedata

import pytest
from hypothesis import given, strategies as st

from foundation.uploads.names import MAX_LETTERS, tidy_name


@pytest.mark.parametrize(
    ("declared", "tidy"),
    [
        ("Attestation CAF.pdf", "Attestation CAF.pdf"),
        ("été à l'école.PDF", "été à l'école.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\claire\\avis.docx", "avis.pdf"),
        ("a\x00.exe", "a.pdf"),
        ("facture\u202egpj.exe", "facture gpj.pdf"),
        ('a"; filename="b.html', "a filename= b.pdf"),
        ("a\r\nSet-Cookie: x.jpg", "a Set-Cookie x.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("x" * 300 + ".pdf", "x" * MAX_LETTERS + ".pdf"),
    ],
    ids=str,
)
def test_a_name_becomes_short_and_plain(declared, tidy):
    assert tidy_name(declared, "pdf") == tidy


@given(st.text(max_size=200))
def test_no_name_is_ever_a_path_or_a_trick(declared):
    tidy = tidy_name(declared, "jpg")

    assert tidy.endswith(".jpg")
    assert not tidy.startswith(".")
    assert not set(tidy) & set('/\\<>:"|?*')
    assert not [x for x in tidy if unicodedata.category(x)[0] == "C"]
    assert len(tidy) <= MAX_LETTERS + 4
