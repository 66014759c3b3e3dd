"""Read the messages that the demo wrote to files instead of sending them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """One message; `schema` is that of the town which sent it."""

    name: UUID
    at: datetime
    schema: str
    sender: str
    recipients: str
    subject: str
    text: str
    html: str


def letter_files() -> list[Path]:
    """Return the files of the messages, newest first."""
    dated = [(path.stat().st_mtime_ns, path) for path in _folder().glob("*.eml")]
    return [path for _time, path in sorted(dated, reverse=True)]


def find_letter(name: UUID) -> StoredLetter | None:
    """Return the message of this name."""
    path = _folder() / f"{name.hex}.eml"
    return read_letter(path) if path.is_file() else None


def read_letter(path: Path) -> StoredLetter:
    """Read one file."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return StoredLetter(
        name=UUID(hex=path.stem),
        at=datetime.fromtimestamp(path.stat().st_mtime, tz=UTC),
        schema=str(message.get("X-Preau-Schema", "")),
        sender=str(message.get("From", "")),
        recipients=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _folder() -> Path:
    return Path(settings.PREAU_VAR) / "mailbox"


def _part(message: EmailMessage, kind: str) -> str:
    """Return the text of one form of the message, empty when it has none."""
    part = message.get_body(preferencelist=(kind,))
    return "" if part is None else str(part.get_content())
