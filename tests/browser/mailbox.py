"""Read the demo's mailbox as its owner would."""

import email
import re
import time
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

PATIENCE = 20.0  # Seconds.


def mails_to(var: Path, address: str) -> list[EmailMessage]:
    """Return the messages of one person, oldest first."""
    files = sorted(
        (var / "mailbox").glob("*.eml"), key=lambda file: file.stat().st_mtime
    )
    found = [
        email.message_from_bytes(file.read_bytes(), policy=default) for file in files
    ]
    return [mail for mail in found if address in str(mail["To"])]


def wait_for_mail(var: Path, address: str, containing: str) -> str:
    """Return the text of the newest message that holds some words."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for mail in reversed(mails_to(var, address)):
            body = mail.get_body(("plain",))
            text = body.get_content() if body else ""
            if containing in text or containing in str(mail["Subject"]):
                return text
        time.sleep(0.2)
    subjects = [str(mail["Subject"]) for mail in mails_to(var, address)]
    raise AssertionError(f"no message with {containing!r} for {address}: {subjects}")


def link_in(text: str, path: str) -> str:
    """Return the first address of a message that leads under a path."""
    found = re.search(rf"https?://[^\s/]+{re.escape(path)}\S*", text)
    assert found, text
    return found.group(0)
