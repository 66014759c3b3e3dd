"""Requests and answers, free of any server."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> str:
        return self.query if self.method == "GET" else self.body.decode()


@dataclass(frozen=True)
class Answer:
    """`dropped` answers are never sent: the connection closes instead."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    dropped: bool = False


def as_json(body: Any, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(
        status,
        json.dumps(body, ensure_ascii=False, indent=2).encode(),
        {"Content-Type": "application/json; charset=utf-8", **named},
    )


def redirect(to: str) -> Answer:
    return Answer(303, headers={"Location": to, "Cache-Control": "no-store"})
