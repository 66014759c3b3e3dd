"""The name of a file as people see it: never a path, never a trick."""

import re
import unicodedata

MAX_LETTERS = 80
_FORBIDDEN = re.compile(r'[<>:"|?*%;]')


def tidy_name(declared_name: str, extension: str) -> str:
    """Return a short, plain name that ends in the extension of what the file is.

    Folders, control characters and marks that reverse the reading direction are
    dropped: "facture<RLO>gpj.exe" cannot pass for a picture.
    """
    last_part = re.split(r"[/\\]", declared_name)[-1]
    letters = unicodedata.normalize("NFC", last_part)
    # Every category that starts with C is invisible: controls, marks, surrogates.
    visible = "".join(
        letter if unicodedata.category(letter)[0] != "C" else " " for letter in letters
    )
    stem = re.sub(r"\.\w{1,5}$", "", _FORBIDDEN.sub(" ", visible).strip())
    stem = " ".join(stem.split()).strip(". ")[:MAX_LETTERS].strip(". ")
    return f"{stem or 'document'}.{extension}"
