"""The process that reads a stranger's file: no network, no secrets, little memory.

`python -m foundation.uploads.child` reads the file on its input. On its output it
writes one line of JSON (the verdict), then the content of the clean file. With the
number of a page (from 0) as argument, it draws that page instead; with "portrait", it
cleans a photo and cuts a square out of it. Exit code 70 means that the installation is
broken, not the file.
"""

import json
import resource
import sys

from foundation.uploads.kinds import Kind, find_kind
from foundation.uploads.limits import (
    BROKEN_INSTALLATION,
    CHILD_ADDRESS_SPACE,
    CHILD_ADDRESS_SPACE_FOR_HEIC,
    CHILD_CPU_SECONDS,
    MAX_BYTES,
    OUT_OF_MEMORY,
    PORTRAIT,
    PORTRAIT_SIDE,
)
from foundation.uploads.reasons import Reason, Refusal


def clean(data: bytes, *, portrait: bool = False) -> tuple[dict[str, object], bytes]:
    """Return the verdict and the clean content, empty when refused."""
    try:
        content, verdict = _portray(data) if portrait else _rewrite(data)
    except Refusal as refusal:
        return {"refused": refusal.reason, "params": refusal.params}, b""
    except (MemoryError, RecursionError):
        return {"refused": Reason.TOO_COMPLEX, "params": {}}, b""
    except ImportError:
        raise
    except Exception:  # noqa: BLE001 - decoders of hostile files raise anything.
        return {"refused": Reason.UNREADABLE, "params": {}}, b""
    return verdict, content


def _rewrite(data: bytes) -> tuple[bytes, dict[str, object]]:
    kind = find_kind(data)
    if kind is None:
        raise Refusal(Reason.WRONG_KIND)
    content, pages = _rewrite_kind(data, kind)
    if len(content) > MAX_BYTES:
        raise Refusal(Reason.TOO_COMPLEX)
    content_type = "application/pdf" if kind is Kind.PDF else "image/jpeg"
    return content, {"content_type": content_type, "pages": pages}


def _portray(data: bytes) -> tuple[bytes, dict[str, object]]:
    if find_kind(data) is Kind.PDF:
        raise Refusal(Reason.NOT_A_PHOTO)
    from foundation.uploads.pictures import square  # noqa: PLC0415 - as below.

    content, verdict = _rewrite(data)
    return square(content, side=PORTRAIT_SIDE), verdict


def _rewrite_kind(data: bytes, kind: Kind) -> tuple[bytes, int]:
    # Each library is loaded for its own kind: memory is counted here.
    if kind is Kind.PDF:
        from foundation.uploads.documents import rebuild  # noqa: PLC0415 - as above.

        return rebuild(data)
    from foundation.uploads.pictures import redraw  # noqa: PLC0415 - as above.

    return redraw(data, kind), 1


def draw(data: bytes, page: int) -> tuple[dict[str, object], bytes]:
    """Return one page of a document as a picture."""
    from foundation.uploads.pages import picture_of  # noqa: PLC0415 - as above.

    try:
        content = picture_of(data, page)
    except (IndexError, MemoryError, RuntimeError, ValueError):
        return {"refused": Reason.UNREADABLE, "params": {}}, b""
    return {"content_type": "image/jpeg", "pages": 1}, content


def give_up_resources(kind: Kind | None) -> None:
    """Bind this process, before it decodes anything, to what a file may cost."""
    is_heic = kind is Kind.HEIC
    memory = CHILD_ADDRESS_SPACE_FOR_HEIC if is_heic else CHILD_ADDRESS_SPACE
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, CHILD_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_BYTES + 4096),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def main() -> int:
    """Clean one file, or draw one of its pages, from input to output."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    give_up_resources(find_kind(data))
    try:
        wanted = sys.argv[1:]
        if wanted and wanted[0] != PORTRAIT:
            verdict, content = draw(data, int(wanted[0]))
        else:
            verdict, content = clean(data, portrait=bool(wanted))
        sys.stdout.buffer.write(json.dumps(verdict).encode() + b"\n")
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    except ImportError as error:
        sys.stderr.write(f"{error}\n")
        return BROKEN_INSTALLATION
    return 0


if __name__ == "__main__":
    sys.exit(main())
