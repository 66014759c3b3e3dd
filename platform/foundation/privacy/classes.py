"""The words of the registry: classes of data, and how a table leads to somebody.

Pure data. Every application describes its own tables with it in `domain/privacy.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class DataClass(StrEnum):
    """What a field tells."""

    IDENTITY = "identity"
    CONTACT = "contact"
    HEALTH = "health"
    BANK = "bank"
    MONEY = "money"
    #: What a family asks for and does: requests, bookings, presence, choices.
    LIFE = "life"
    #: Who did what, when, from where.
    TRACE = "trace"
    #: Opens something: kept, never shown to anybody.
    SEALED = "sealed"
    #: What the town sets up.
    TOWN = "town"
    #: Keys and plumbing.
    TECHNICAL = "technical"

    @property
    def is_personal(self) -> bool:
        """Whether it says something of somebody."""
        return self not in (DataClass.TOWN, DataClass.TECHNICAL)


class Owner(StrEnum):
    """Whose rows are, and what the path of a table leads to."""

    HOUSEHOLD = "household"
    PERSON = "person"
    CHILD = "child"
    ACCOUNT = "account"
    #: The path is a field with one e-mail address, or a list of them.
    ADDRESS = "address"
    #: The path is the public identifier of the record a row is about.
    RECORD = "record"


class Fate(StrEnum):
    """What becomes of the rows when a family is erased."""

    GOES = "goes"
    #: The row stays for those that name it, without what it said.
    EMPTIED = "emptied"
    #: The law keeps it, or it names nobody.
    STAYS = "stays"


#: Columns that every record has.
PLUMBING = frozenset({"id", "public_id", "created_at"})


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the class of its fields, and for a personal one whose its rows are.

    `area` names the file of the export, `paths` lead from a row to `owner`; `kept_if`
    names relations: rows that one of them reaches stay when the others go.
    """

    label: str
    classes: Mapping[str, DataClass]
    area: str = ""
    owner: Owner | None = None
    paths: tuple[str, ...] = field(default=())
    fate: Fate = Fate.STAYS
    kept_if: tuple[str, ...] = field(default=())

    @property
    def is_personal(self) -> bool:
        """Whether some field says something of somebody."""
        return any(each.is_personal for each in self.classes.values())


def personal(
    label: str, area: str, owner: str, fate: str, *, kept_if: str = "", **fields: str
) -> Table:
    """Describe a table about people.

    `owner` is written "household: path other_path"; each class is given the names of
    its fields, separated by blanks.
    """
    whose, _colon, paths = owner.partition(":")
    return Table(
        label,
        _classes(fields),
        area=area,
        owner=Owner(whose),
        paths=tuple(paths.split()),
        fate=Fate(fate),
        kept_if=tuple(kept_if.split()),
    )


def impersonal(label: str, **fields: str) -> Table:
    """Describe a table of the town, or of the machinery."""
    return Table(label, _classes(fields))


def _classes(fields: Mapping[str, str]) -> dict[str, DataClass]:
    return {
        name: DataClass(data_class)
        for data_class, names in fields.items()
        for name in names.split()
    }
