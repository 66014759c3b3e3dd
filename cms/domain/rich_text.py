"""Plain text with a few marks, made into the HTML that editors then go on with.

An empty line ends a paragraph. `## ` starts a heading, `- ` an item of a list,
`**word**` is bold and `[words](address)` a link. Everything else is text: any HTML
written in a pack shows as it is typed.
"""

import re
from html import escape
from html.parser import HTMLParser

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(((?:https?://|mailto:|tel:|/)[^\s)]+)\)")


def to_html(text: str) -> str:
    """Return the HTML of a text."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return "".join(_block(block.strip()) for block in blocks if block.strip())


def inline_html(text: str) -> str:
    """Return the HTML of one line, without a paragraph around it."""
    safe = _BOLD.sub(r"<b>\1</b>", escape(" ".join(text.split()), quote=True))
    return _LINK.sub(r'<a href="\2">\1</a>', safe)


def to_marks(html: str) -> str:
    """Return the text with its marks of some HTML; what has no mark is plain text."""
    reader = _Marks()
    reader.feed(html)
    reader.close()
    return "\n\n".join(reader.finished())


class _Marks(HTMLParser):
    """Gathers blocks of text: paragraphs, headings, and lists of items."""

    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[str] = []
        self._text = ""
        self._mark = ""
        self._address = ""
        self._in_list = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "h2", "h3", "h4", "li", "ul", "ol"}:
            self._end_block()
            self._in_list = self._in_list and tag == "li"
            self._mark = {"p": "", "li": "- "}.get(tag, "## " if "h" in tag else "")
        elif tag in {"b", "strong"}:
            self._text += "**"
        elif tag == "a":
            self._address = dict(attrs).get("href") or ""
            self._text += "[" if self._address else ""
        elif tag == "br":
            self._text += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in {"b", "strong"}:
            self._text += "**"
        elif tag == "a" and self._address:
            self._text += f"]({self._address})"
            self._address = ""
        elif tag in {"p", "h2", "h3", "h4", "li"}:
            self._end_block()

    def handle_data(self, data: str) -> None:
        self._text += data

    def finished(self) -> list[str]:
        """Return the blocks."""
        self._end_block()
        return self._blocks

    def _end_block(self) -> None:
        words = " ".join(self._text.split())
        is_item = self._mark == "- "
        if words and is_item and self._in_list:
            self._blocks[-1] += f"\n- {words}"
        elif words:
            self._blocks.append(f"{self._mark}{words}")
            self._in_list = is_item
        self._text, self._mark = "", ""


def _block(block: str) -> str:
    if block.startswith("## "):
        heading, _newline, rest = block.partition("\n")
        return f"<h2>{inline_html(heading[3:])}</h2>" + (_block(rest) if rest else "")
    if block.startswith("- "):
        items = re.split(r"\n\s*- ", block[2:])
        listed = "".join(f"<li>{inline_html(item)}</li>" for item in items)
        return f"<ul>{listed}</ul>"
    return f"<p>{inline_html(block)}</p>"
