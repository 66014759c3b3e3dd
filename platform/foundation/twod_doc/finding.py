"""Look for signed codes in a document, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import foundation
from foundation.twod_doc.codes import SignedCode, parse
from foundation.uploads.limits import BROKEN_INSTALLATION

WALL_SECONDS = 30
_CODE = Path(foundation.__file__).parents[1]


class ScanningError(RuntimeError):
    """The installation cannot look for codes: never the fault of the family."""


def find_codes(document: bytes) -> list[SignedCode]:
    """Return the 2D-Doc codes of a clean document (PDF or JPEG), at most four.

    A document on which nothing is found in time has none. Raises ScanningError when
    the process itself cannot start.
    """
    return [code for code in map(parse, _texts(document)) if code is not None]


def _texts(document: bytes) -> list[str]:
    # -P and -s: nothing is imported from the current or the user's folder.
    command = [sys.executable, "-P", "-s", "-m", "foundation.twod_doc.child"]
    environment = {"PYTHONPATH": str(_CODE), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        finished = subprocess.run(  # noqa: S603 - a fixed command; the file is its input.
            command,
            input=document,
            capture_output=True,
            env=environment,
            cwd="/",
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return []
    # 1 is how Python itself ends when it cannot find or start the child's code.
    if finished.returncode in (1, BROKEN_INSTALLATION):
        raise ScanningError(finished.stderr.decode(errors="replace")[-500:])
    if finished.returncode:
        return []
    return [str(text) for text in json.loads(finished.stdout)]
