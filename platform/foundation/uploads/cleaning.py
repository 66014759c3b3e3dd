"""Turn a stranger's file into one that the town may keep, or refuse it."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import foundation
from foundation.uploads.errors import UploadRefusedError
from foundation.uploads.limits import (
    BROKEN_INSTALLATION,
    CHILD_WALL_SECONDS,
    CHILDREN_AT_ONCE,
    MAX_BYTES,
    MEGABYTE,
    PORTRAIT,
    TURN_SECONDS,
)
from foundation.uploads.names import tidy_name
from foundation.uploads.reasons import Reason

# Content type to extension and first bytes: all that a child process may give back.
_PRODUCTS = {
    "application/pdf": ("pdf", b"%PDF-"),
    "image/jpeg": ("jpg", b"\xff\xd8\xff"),
}
_CODE = Path(foundation.__file__).parents[1]
# 1 is how Python itself ends when it cannot find or start the child's code.
_OUR_FAULT = (1, BROKEN_INSTALLATION)
_turns = threading.BoundedSemaphore(CHILDREN_AT_ONCE)


class ReadableFile(Protocol):
    """Anything that gives bytes: an open file, or what a form received."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes."""


class UploadCheckError(RuntimeError):
    """The check itself is broken (installation): never the fault of the family."""


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file that we wrote ourselves: a JPEG without metadata or a PDF of bare pages.

    `name` is the family's, made harmless; `sha256` is hexadecimal, of `content`.
    """

    content: bytes = field(repr=False)
    content_type: str
    extension: str
    pages: int
    sha256: str
    name: str

    @property
    def size(self) -> int:
        """Return the size in bytes."""
        return len(self.content)


def clean_upload(data: bytes | ReadableFile, *, declared_name: str) -> CleanFile:
    """Read the file in a separate process and return its clean copy.

    Takes up to 5 seconds and 300 MB, outside this process. Raises UploadRefusedError,
    whose message says what to do; UploadCheckError when the installation is broken.
    """
    return _clean(data, declared_name)


def clean_portrait(data: bytes | ReadableFile, *, declared_name: str) -> CleanFile:
    """Read a photo likewise, and cut a small square out of its middle.

    A PDF is refused. Raises as `clean_upload` does.
    """
    return _clean(data, declared_name, PORTRAIT)


def page_picture(document: bytes, *, page: int) -> bytes:
    """Draw one page of a clean PDF as a JPEG, for clerks to read beside the answers.

    Browsers do not open PDFs under our policies, and should not have to. `page` counts
    from 0. Raises UploadRefusedError for a page that does not exist.
    """
    with _turn():
        verdict, content = _run_child(document, str(page))
    if "refused" in verdict or not content.startswith(_PRODUCTS["image/jpeg"][1]):
        raise UploadRefusedError(Reason.UNREADABLE)
    return content


def refuse_by_size(size: int) -> None:
    """Refuse an empty or too heavy file, from its size in bytes, without reading it."""
    if not size:
        raise UploadRefusedError(Reason.EMPTY)
    if size > MAX_BYTES:
        # Rounded up: "10 MB, the limit is 10 MB" would help nobody.
        params = {"size": -(-size // MEGABYTE), "limit": MAX_BYTES // MEGABYTE}
        raise UploadRefusedError(Reason.TOO_HEAVY, params)


def child_command() -> tuple[list[str], dict[str, str]]:
    """Return the command of the child and its whole environment: no secret in it."""
    # -P and -s: nothing is imported from the current or the user's folder.
    command = [sys.executable, "-P", "-s", "-m", "foundation.uploads.child"]
    return command, {"PYTHONPATH": str(_CODE), "PYTHONDONTWRITEBYTECODE": "1"}


def _clean(data: bytes | ReadableFile, declared_name: str, *wanted: str) -> CleanFile:
    source = data if isinstance(data, bytes) else data.read(MAX_BYTES + 1)
    refuse_by_size(len(source) if isinstance(data, bytes) else _size_of(data, source))
    with _turn():
        verdict, content = _run_child(source, *wanted)
    if "refused" in verdict:
        reason = Reason(verdict["refused"])
        raise UploadRefusedError(reason, verdict.get("params"))
    return _accept(verdict, content, declared_name)


def _size_of(data: ReadableFile, source: bytes) -> int:
    return max(len(source), int(getattr(data, "size", 0) or 0))


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=TURN_SECONDS):
        raise UploadRefusedError(Reason.BUSY)
    try:
        yield
    finally:
        _turns.release()


def _run_child(source: bytes, *wanted: str) -> tuple[dict[str, Any], bytes]:
    # Memory, not a temporary file: the document never touches the disk in clear.
    with _memory_file() as incoming, _memory_file() as outgoing, _memory_file() as log:
        incoming.write(source)
        incoming.seek(0)
        exit_code = _wait_for_child(incoming, outgoing, log, wanted)
        if exit_code in _OUR_FAULT:
            log.seek(0)
            raise UploadCheckError(log.read().decode(errors="replace")[-500:])
        if exit_code:
            return {"refused": Reason.TOO_COMPLEX}, b""
        outgoing.seek(0)
        head, _, content = outgoing.read().partition(b"\n")
    return json.loads(head), content


def _wait_for_child(
    incoming: Any, outgoing: Any, log: Any, wanted: Sequence[str]
) -> int:
    """Return the exit code; negative when a limit, a crash or the clock killed it."""
    command, environment = child_command()
    try:
        finished = subprocess.run(  # noqa: S603 - a fixed command; the file is its input.
            [*command, *wanted],
            stdin=incoming,
            stdout=outgoing,
            stderr=log,
            env=environment,
            cwd="/",
            timeout=CHILD_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    return finished.returncode


def _memory_file() -> Any:
    return os.fdopen(os.memfd_create("upload"), "w+b")


def _accept(verdict: dict[str, Any], content: bytes, declared_name: str) -> CleanFile:
    # The child read hostile bytes: believe it no more than necessary.
    content_type = str(verdict["content_type"])
    extension, first_bytes = _PRODUCTS[content_type]
    if not content.startswith(first_bytes) or len(content) > MAX_BYTES:
        raise UploadRefusedError(Reason.UNREADABLE)
    return CleanFile(
        content=content,
        content_type=content_type,
        extension=extension,
        pages=int(verdict["pages"]),
        sha256=hashlib.sha256(content).hexdigest(),
        name=tidy_name(declared_name, extension),
    )
