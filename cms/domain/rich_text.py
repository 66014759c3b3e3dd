"""Plain text with a few marks, made into the HTML that editors then go on with.

An empty line ends a paragraph. `## ` starts a heading, `- ` an item of a list,
`**word**` is bold and `[words](address)` a link. Everything else is text: any HTML
written in a pack shows as it is typed.
"""

import re
from html import escape

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


def _block(block: str) -> str:
    if block.startswith("## "):
        heading, _newline, rest = block.partition("\n")
        return f"<h2>{inline_html(heading[3:])}</h2>" + (_block(rest) if rest else "")
    if block.startswith("- "):
        items = re.split(r"\n\s*- ", block[2:])
        listed = "".join(f"<li>{inline_html(item)}</li>" for item in items)
        return f"<ul>{listed}</ul>"
    return f"<p>{inline_html(block)}</p>"
