"""What is missing before a service opens, one line each, with where to put it right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that misses.

    `is_blocking`: families could not ask, book or be billed. Otherwise it is advice.
    `href` is the screen that puts it right.
    """

    text: str
    href: str
    is_blocking: bool = False
