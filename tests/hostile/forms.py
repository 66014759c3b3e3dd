"""The forms and links of a page, filled as a person would, but for one identifier."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html

IDENTIFIER = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
NUMBER = re.compile(r"[1-9]\d{0,8}")
# Drawn by the page for itself.
OURS = {"csrfmiddlewaretoken", "form_key"}
A_DAY = date(2027, 1, 15).isoformat()
PLAIN = {"email": "x@example.com", "date": A_DAY, "number": "1", "tel": "0102030405"}

Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Form:
    """Where it goes, what it says, and the identifiers among that, by field."""

    path: str
    method: str
    fields: Fields
    named: dict[str, str]

    def sent(self, name: str, value: str) -> Fields:
        """Return the fields, one of them saying something else."""
        return {**self.fields, name: [value]}


def forms_of(page: bytes, path: str) -> list[Form]:
    """Return the forms of a page, and its links that ask a question."""
    if not page.strip():
        return []
    tree = lxml.html.fromstring(page)
    return [*_forms(tree, path), *_links(tree, path)]


def _links(tree: Any, path: str) -> Iterator[Form]:
    for link in tree.xpath("//a[contains(@href, '?')]"):
        parts = urlsplit(urljoin(path, link.get("href")))
        fields = {name: [value] for name, value in parse_qsl(parts.query)}
        named = {n: v for n, (v,) in fields.items() if IDENTIFIER.fullmatch(v)}
        if named and not parts.netloc:
            yield Form(parts.path, "GET", fields, named)


def _forms(tree: Any, path: str) -> Iterator[Form]:
    for form in tree.forms:
        fields: Fields = {}
        named: dict[str, str] = {}
        for each in form.inputs:
            kind, name = _kind(each), each.get("name")
            if not name or kind in {"submit", "button", "file", "image", "reset"}:
                continue
            choices = _choices(each, kind)
            is_picked = kind in {"hidden", "select", "checkbox", "radio"}
            if is_picked and name not in OURS:
                known = [each for each in choices if is_identifier(each)]
                named |= {name: known[0]} if known else {}
            value = _value(each, kind, choices)
            if value is not None:
                fields.setdefault(name, []).append(value)
        where = urlsplit(urljoin(path, form.get("action") or path)).path
        yield Form(where, (form.get("method") or "get").upper(), fields, named)


def is_identifier(value: str) -> bool:
    """Say whether a value is a public identifier, or the number of a row."""
    return bool(IDENTIFIER.fullmatch(value) or NUMBER.fullmatch(value))


def _kind(field: Any) -> str:
    return str(field.get("type", "text")) if field.tag == "input" else str(field.tag)


def _choices(field: Any, kind: str) -> list[str]:
    if kind == "select":
        return [value for value in field.value_options if value]
    return [field.get("value") or ""]


def _value(field: Any, kind: str, choices: list[str]) -> str | None:
    if kind in {"checkbox", "radio"}:
        wanted = field.get("checked") is not None or field.get("required") is not None
        return (field.get("value") or "on") if wanted or kind == "checkbox" else None
    if kind == "select":
        chosen = field.value if isinstance(field.value, str) else ""
        return chosen or (choices[0] if choices else "")
    return (field.value or "") or PLAIN.get(kind, "" if kind == "hidden" else "Words")
