"""Private files: encrypted on disk, named at random, one folder per town.

They have no address: a view decides who may read, then answers `private_response`.
"""

import io
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import Storage
from django.http import FileResponse
from django.utils.deconstruct import deconstructible
from django.utils.http import content_disposition_header

from foundation.encryption.files import SealedReader, plain_size, seal_chunks
from foundation.encryption.town import current_town_keys

_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")
# The only kind a browser shows in our pages: we encoded it ourselves.
_SHOWN_INLINE = frozenset({"image/jpeg"})


@deconstructible(path="foundation.storage.PrivateStorage")
class PrivateStorage(Storage):
    """Django storage of a town's private files, under PREAU_PRIVATE_ROOT.

    The name given by the caller is ignored. Every operation raises NoTownKeyError
    outside a town; reading raises UnreadableValueError for an altered file.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002 - Django's signature.
        """Return a random name: it says nothing of the file and cannot be guessed."""
        random = secrets.token_hex(16)
        return f"{random[:2]}/{random}"

    def exists(self, name: str) -> bool:
        """Say whether the current town holds a file of this name."""
        return self._path(name).is_file()

    def size(self, name: str) -> int:
        """Return the size of the content in clear, in bytes."""
        return plain_size(self._path(name).stat().st_size)

    def delete(self, name: str) -> None:
        """Remove the file; a file already gone is not an error."""
        self._path(name).unlink(missing_ok=True)

    def url(self, name: str | None) -> NoReturn:
        """Refuse: a private file is never public."""
        raise NotImplementedError(
            "A private file has no address: serve it from a view that checks who asks."
        )

    def names(self) -> Iterator[str]:
        """Yield the name of every file of the current town (backup, clean-up)."""
        folder = self._folder()
        for path in sorted(folder.glob("*/*")):
            name = path.relative_to(folder).as_posix()
            if _NAME.fullmatch(name):
                yield name

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        if mode != "rb":
            raise ValueError("A private file is opened for reading only.")
        sealed = self._path(name).open("rb")
        try:
            reader = SealedReader(sealed, keys=current_town_keys(), name=name)
        except Exception:
            sealed.close()
            raise
        return File(io.BufferedReader(reader), name=name)

    def _save(self, name: str, content: "File[bytes]") -> str:
        path = self._path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(".part")
        try:
            with _create_private(draft) as sealed:
                for chunk in seal_chunks(
                    content.chunks(), keys=current_town_keys(), name=name
                ):
                    sealed.write(chunk)
                sealed.flush()
                os.fsync(sealed.fileno())
            # A file with its final name is complete, whatever happens before.
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        return name

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise SuspiciousFileOperation("This is not the name of a private file.")
        return self._folder() / name

    def _folder(self) -> Path:
        return Path(settings.PREAU_PRIVATE_ROOT) / current_town_keys().schema_name


def private_response(
    file: "File[bytes] | BinaryIO", *, content_type: str, filename: str, inline: bool
) -> FileResponse:
    """Answer with a private file, for the one who asked and for no cache.

    `inline` shows pictures in the page; any other kind is downloaded all the same.
    """
    response = FileResponse(file, content_type=content_type)
    as_attachment = not (inline and content_type in _SHOWN_INLINE)
    disposition = content_disposition_header(as_attachment, _one_line(filename))
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response


def _one_line(filename: str) -> str:
    return "".join(letter for letter in filename if letter.isprintable()) or "document"


def _create_private(path: Path) -> BinaryIO:
    created = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
    return os.fdopen(created, "wb")
