"""What the family's home page shows, in plain words.

Each application describes its part as a Panel and answers `signals.home_shown` with
it: the page itself knows nothing of services, bookings or invoices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from families.domain.reviews import season_on


@dataclass(frozen=True, slots=True)
class FileState:
    """What the home page has to know of a file before it asks for more.

    `month` and `day` are the town's yearly review, `reviewed` the last year in which
    the family answered it; None without any.
    """

    waits: bool
    month: int | None
    day: int | None
    reviewed: int | None

    def asks_review(self, *, on: date) -> bool:
        """Tell whether a review is open on a day that the family did not answer."""
        season = season_on(on, month=self.month, day=self.day)
        return season is not None and (
            self.reviewed is None or self.reviewed < season.year
        )


@dataclass(frozen=True, slots=True)
class Task:
    """Something that remains to be done; `tone` is one of docs/ui.md."""

    title: str
    href: str
    status: str
    tone: str = "pending"
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a card: a child, a request, an invoice."""

    text: str
    href: str = ""
    meta: str = ""
    status: str = ""
    tone: str = "neutral"
    person: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a card leads."""

    text: str
    href: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One subject of the home page; `empty` is said when it has no line."""

    title: str
    icon: str
    lines: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """The part of one application; the lowest position comes first."""

    position: int
    tasks: tuple[Task, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """All the panels, joined in their order."""

    tasks: tuple[Task, ...]
    cards: tuple[Card, ...]

    @property
    def remaining(self) -> bool:
        """Tell whether a task is not done yet."""
        return any(task.tone != "success" for task in self.tasks)

    @classmethod
    def of(cls, panels: Iterable[Panel]) -> "Home":
        """Join the panels; those of the same position keep the order given."""
        ordered = sorted(panels, key=lambda panel: panel.position)
        return cls(
            tasks=tuple(task for panel in ordered for task in panel.tasks),
            cards=tuple(card for panel in ordered for card in panel.cards),
        )
