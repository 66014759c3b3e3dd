"""What a server must remember between two runs: its port, its passwords, its folder."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Notes:
    """A small file that only its owner can read."""

    path: Path

    def read(self) -> dict[str, Any]:
        """Return what was written down, nothing if there is no file yet."""
        try:
            facts: dict[str, Any] = json.loads(self.path.read_text())
        except FileNotFoundError:
            return {}
        return facts

    def write(self, **facts: object) -> None:
        """Add facts. The file is replaced whole, so that a crash never halves it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        partial = self.path.with_suffix(".new")
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        partial.write_text(json.dumps({**self.read(), **facts}, indent=1))
        partial.replace(self.path)

    def password(self, role: str) -> str:
        """Return the password of a role, invented at first use."""
        known = self.read().get("passwords", {})
        if role not in known:
            known[role] = secrets.token_urlsafe(24)
            self.write(passwords=known)
        return str(known[role])
