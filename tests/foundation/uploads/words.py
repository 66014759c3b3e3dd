"""What hostile files try to smuggle in, and what to look for afterwards."""

import io
import zipfile


def archive(name="a.txt", content=b"zipped content"):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr(name, content)
    return target.getvalue()


SCRIPT = "alert(document.cookie)"
HTML = f"<html><script>{SCRIPT}</script></html>".encode()
PHP = b"<?php system($_GET['c']); ?>"
ZIP = archive()
# The antivirus industry's harmless test text, in two parts to be left alone on disk.
EICAR = (
    r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-" + r"TEST-FILE!$H+H*"
).encode()
SMUGGLED = (b"alert(", b"<script", b"<?php", b"PK\x03\x04", EICAR[:20])
