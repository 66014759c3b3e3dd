"""How a text of the town is laid out: paragraphs, headings and lists, nothing else."""

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list"]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text; a list has several lines, the others one or more."""

    kind: BlockKind
    lines: tuple[str, ...]


def blocks_of(body: str) -> tuple[Block, ...]:
    """Split a text at its empty lines.

    A first line that begins with `#` is a heading; lines that all begin with a hyphen
    are a list.
    """
    found: list[Block] = []
    for part in _parts(body):
        lines = part
        if lines[0].startswith("#"):
            found.append(Block("heading", (lines[0].lstrip("#").strip(),)))
            lines = lines[1:]
        if lines:
            found.append(_block(lines))
    return tuple(block for block in found if any(block.lines))


def _parts(body: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in body.splitlines():
        if line.strip():
            parts[-1].append(line.strip())
        else:
            parts.append([])
    return [part for part in parts if part]


def _block(lines: list[str]) -> Block:
    if all(line.startswith("- ") for line in lines):
        return Block("list", tuple(line[2:].strip() for line in lines))
    return Block("paragraph", tuple(lines))
