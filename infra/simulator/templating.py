"""Fill HTML files: every value is escaped unless it is Html already."""

from functools import cache
from html import escape
from pathlib import Path
from string import Template

HERE = Path(__file__).parent


class Html(str):
    """Text that is safe to write into a page as it stands."""

    __slots__ = ()


def fill(name: str, /, **values: object) -> Html:
    safe = {
        key: value if isinstance(value, Html) else escape(str(value))
        for key, value in values.items()
    }
    return Html(_template(name).substitute(safe))


def joined(parts: list[Html]) -> Html:
    return Html("".join(parts))


@cache
def _template(name: str) -> Template:
    return Template((HERE / "templates" / f"{name}.html").read_text("utf-8"))


@cache
def static_file(name: str) -> bytes:
    return (HERE / "static" / name).read_bytes()
