"""Find the sentences that the product shows, in Python and in templates."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

from infra.shell import ROOT, StopError

PACKAGES = (
    "platform/portal",
    "platform/foundation",
    "tenants",
    "families",
    "catalog",
    "enrolment",
    "billing",
    "cms",
)
TRANSLATION = "django.utils.translation"
# For each function, what its first arguments are.
FUNCTIONS = {
    "_": ("singular",),
    "gettext": ("singular",),
    "gettext_lazy": ("singular",),
    "gettext_noop": ("singular",),
    "ngettext": ("singular", "plural"),
    "ngettext_lazy": ("singular", "plural"),
    "pgettext": ("context", "singular"),
    "pgettext_lazy": ("context", "singular"),
    "npgettext": ("context", "singular", "plural"),
    "npgettext_lazy": ("context", "singular", "plural"),
}
STRING = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
TEMPLATE_CALL = re.compile(
    rf"\b(\w+)\(({STRING}(?:, {STRING})*)(?:, ?count)?\)", re.DOTALL
)


@dataclass
class Message:
    """One sentence to translate and the files that show it."""

    singular: str
    plural: str | None = None
    context: str | None = None
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells this message from any other."""
        return (self.singular, self.context or "")


def all_messages() -> list[Message]:
    """Return every message of the product, each once, in a stable order."""
    found: dict[tuple[str, str], Message] = {}
    for file in sources():
        read = from_python if file.suffix == ".py" else from_template
        for message in read(file):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            known.files.add(file.relative_to(ROOT).as_posix())
    return [found[key] for key in sorted(found)]


def sources() -> Iterator[Path]:
    """Yield the files that may hold messages."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*")):
            parts = file.relative_to(ROOT).parts
            is_template = "templates" in parts and file.suffix in {".html", ".txt"}
            is_code = file.suffix == ".py" and "migrations" not in parts
            if is_template or is_code:
                yield file


def _renamed(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the other names a module gives to the functions of translation."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION:
            for alias in node.names:
                if alias.asname and alias.name in FUNCTIONS:
                    yield alias.asname, FUNCTIONS[alias.name]


def from_python(file: Path) -> Iterator[Message]:
    """Yield the messages of a Python module."""
    tree = ast.parse(file.read_text())
    functions = FUNCTIONS | dict(_renamed(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        roles = functions.get(name or "")
        texts = [_text(part, file) for part in node.args] if roles else []
        # A call on a name, `_(sentence)`, shows a sentence marked where it is written.
        if roles and any(texts):
            yield _message(roles, texts)


def from_template(file: Path) -> Iterator[Message]:
    """Yield the messages of a Django template."""
    for name, arguments in TEMPLATE_CALL.findall(templatize(file.read_text())):
        if name in FUNCTIONS:
            values = ast.literal_eval(f"({arguments},)")
            yield _message(FUNCTIONS[name], values)


def _message(roles: tuple[str, ...], values: list[str] | tuple[str, ...]) -> Message:
    parts = dict(zip(roles, values, strict=False))
    return Message(parts["singular"], parts.get("plural"), parts.get("context"))


def _text(node: ast.expr, file: Path) -> str:
    """Return a literal; refuse a computed sentence, which nobody can translate."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        where = f"{file.relative_to(ROOT)}:{node.lineno}"
        raise StopError(f"{where}: a sentence to translate cannot be an f-string.")
    return ""
