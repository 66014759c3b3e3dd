"""The pages of a pack: home, sections, and the pages inside them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cms.domain.rich_text import inline_html, to_html
from foundation.reading import Node
from tenants.domain.packs import Register, Section

_ADDRESS = re.compile(r"https?://[^\s\"<>]+")


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """The first page; `introduction` is HTML."""

    title: str
    welcome: str
    introduction: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page; `body` is what the page's stream of blocks stores."""

    slug: str
    title: str
    published_on: date | None
    body: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """A list of pages under the home page."""

    slug: str
    title: str
    introduction: str
    in_menu: bool
    pages: tuple[PageFacts, ...]


@dataclass(frozen=True, slots=True)
class PagesFacts:
    """All the pages a town starts with."""

    home: HomeFacts
    sections: tuple[SectionFacts, ...]


def read_pages(root: Node, _register: Register) -> PagesFacts:
    """Read `pages`."""
    node = root.child("pages", required=False)
    if node is None:
        return PagesFacts(HomeFacts("", "", ""), ())
    slugs: list[str] = []
    pages = PagesFacts(
        _read_home(node),
        tuple(
            _read_section(child, slugs)
            for child in node.children("sections", required=False)
        ),
    )
    node.close()
    return pages


def _read_home(node: Node) -> HomeFacts:
    child = node.child("home", required=False)
    if child is None:
        return HomeFacts("", "", "")
    home = HomeFacts(
        title=child.text("title", required=False, at_most=120),
        welcome=child.text("welcome", required=False, at_most=200),
        introduction=to_html(child.text("introduction", required=False)),
    )
    child.close()
    return home


def _read_section(node: Node, slugs: list[str]) -> SectionFacts:
    inside: list[str] = []
    section = SectionFacts(
        slug=_read_slug(node, slugs),
        title=node.text("title", at_most=120),
        introduction=node.text("introduction", required=False, at_most=300),
        in_menu=node.flag("in_menu", default=True),
        pages=tuple(
            _read_page(child, inside)
            for child in node.children("pages", required=False)
        ),
    )
    node.close()
    return section


def _read_page(node: Node, slugs: list[str]) -> PageFacts:
    page = PageFacts(
        slug=_read_slug(node, slugs),
        title=node.text("title", at_most=200),
        published_on=node.day("date", required=False),
        body=tuple(
            block
            for child in node.children("body", required=node.has("body"))
            if (block := _read_block(child)) is not None
        ),
    )
    node.close()
    return page


def _read_slug(node: Node, taken: list[str]) -> str:
    slug = node.code("slug") or ""
    if slug and slug in taken:
        node.refuse("slug", "repeated_code")
    taken.append(slug)
    return slug


def _read_block(node: Node) -> dict[str, Any] | None:
    """Read a block: one key, `text`, `warning`, `steps` or `links`."""
    value: Any = None
    kind = ""
    if node.has("text"):
        kind, value = "text", to_html(node.text("text"))
    elif node.has("warning"):
        kind, value = "warning", node.text("warning", at_most=500)
    elif node.has("steps"):
        kind, value = "steps", [inline_html(step) for step in node.texts("steps")]
    elif node.has("links"):
        kind = "links"
        value = [_read_link(child) for child in node.children("links")]
    elif node.is_sound:
        node.refuse("", "no_block")
    node.close()
    return {"type": kind, "value": value} if kind else None


def _read_link(node: Node) -> dict[str, str]:
    link = {"title": node.text("title", at_most=200), "url": node.text("url")}
    if link["url"] and not _ADDRESS.fullmatch(link["url"]):
        node.refuse("url", "not_a_link")
    node.close()
    return link


PAGES = Section(("pages",), read_pages)
