"""What the frame of every page needs to know: who the town is, where one can go.

The templates read these names and nothing else; see docs/ui.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True)
class Link:
    """An entry of a menu or of the footer; `post` makes it a button (sign out)."""

    text: str | Promise
    href: str
    icon: str = ""
    is_current: bool = False
    post: bool = False
    lang: str = ""


@dataclass(frozen=True)
class Logo:
    """A name with its picture; without a picture the name is written."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Counter:
    """For whom a clerk acts; `finish` is where the form that ends it is sent."""

    name: str
    number: str
    finish: str


@dataclass(frozen=True)
class Shell:
    """The frame of a page: brand, menus and legal links.

    `partner` is the second brand of towns that share their portal with a
    federation of municipalities. `banner` is the sentence of a demo or a test.
    """

    name: str
    home: str = "/"
    logo_url: str = ""
    theme_url: str = ""
    partner: Logo | None = None
    banner: str | Promise = ""
    banner_tag: str | Promise = ""
    navigation: Sequence[Link] = field(default_factory=tuple)
    account: Sequence[Link] = field(default_factory=tuple)
    account_name: str = ""
    sign_in: Link | None = None
    legal: Sequence[Link] = field(default_factory=tuple)
    languages: Sequence[Link] = field(default_factory=tuple)
    contact: str = ""
    counter: Counter | None = None
