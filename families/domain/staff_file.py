"""What a clerk sees of a family on one page.

Each application describes its sections and what can be done, and answers
`signals.file_shown` with them: the page itself knows nothing of services or invoices.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from families.domain.home import Line, Link


@dataclass(frozen=True, slots=True)
class FileSection:
    """One subject of the file; `more` says that older rows are left out."""

    key: str
    title: str
    lines: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    empty: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class FilePart:
    """The part of one application; the lowest position comes first."""

    position: int
    sections: tuple[FileSection, ...] = ()
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyFile:
    """All the parts, joined in their order."""

    sections: tuple[FileSection, ...]
    actions: tuple[Link, ...]

    @classmethod
    def of(cls, parts: Iterable[FilePart]) -> "FamilyFile":
        """Join the parts; those of the same position keep the order given."""
        ordered = sorted(parts, key=lambda part: part.position)
        return cls(
            sections=tuple(each for part in ordered for each in part.sections),
            actions=tuple(each for part in ordered for each in part.actions),
        )
