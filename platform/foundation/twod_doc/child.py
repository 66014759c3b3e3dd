"""The process that looks for codes in a document: no network, no secrets.

`python -m foundation.twod_doc.child` reads a clean document on its input and writes a
list of texts, as JSON. Whatever goes wrong with a document, it has no code.
"""

import json
import resource
import sys

from foundation.uploads.limits import BROKEN_INSTALLATION, MAX_BYTES

ADDRESS_SPACE = 512 * 1024 * 1024
CPU_SECONDS = 15


def main() -> int:
    """Write the texts of the codes of one document."""
    for limit, value in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    document = sys.stdin.buffer.read(MAX_BYTES + 1)
    # The libraries read a stranger's document: they are loaded under the limits.
    try:
        from foundation.twod_doc.scanning import (  # noqa: PLC0415 - as said above.
            texts_of,
        )
    except ImportError as error:
        sys.stderr.write(f"{error}\n")
        return BROKEN_INSTALLATION
    try:
        found = texts_of(document)
    except Exception:  # noqa: BLE001 - decoders of hostile files raise anything.
        found = []
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
