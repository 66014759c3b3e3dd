"""Why an aid pays what it pays: what is stored with the line, and read again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class AidTrace:
    """Why an aid pays what it pays: stored with the line.

    `days` says what each day used; `limit` is what kept the aid lower: the price, the
    ceiling in money (`ceiling`) or in units (`units`), or nothing.
    """

    name: str
    payer: str
    method: str
    rate: str
    units: str
    asked: int
    given: int
    limit: str = ""
    days: Mapping[str, int] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        """Return plain data to store with the line."""
        return {
            "kind": "aid",
            "name": self.name,
            "payer": self.payer,
            "method": self.method,
            "rate": self.rate,
            "units": self.units,
            "asked": self.asked,
            "minor": -self.given,
            "limit": self.limit,
            "days": dict(self.days),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the trace that was stored."""
        names = ("name", "payer", "method", "rate", "units", "asked")
        known = {name: data[name] for name in names}
        return cls(
            **known, given=-data["minor"], limit=data["limit"], days=data["days"]
        )
