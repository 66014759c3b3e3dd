"""Changes in words: what families read of what waits, and clerks of what to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from families.domain.differences import Piece, differences
from families.domain.editable import Editable, Plain, fingerprint
from families.enums import ChangeStatus
from families.models import ChangeRequest, Household, ProposedValue
from families.services.editables import PARTS
from families.services.editables.parts import Part, plain
from families.services.owners import Target, belongs_to, find_fresh
from families.services.proposals import written

TONES = {
    ChangeStatus.WAITING: "pending",
    ChangeStatus.ACCEPTED: "success",
    ChangeStatus.REFUSED: "danger",
    ChangeStatus.WITHDRAWN: "neutral",
    ChangeStatus.SUPERSEDED: "neutral",
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One value that a family proposed: what it was, what it would be."""

    value: ProposedValue
    about: str
    label: str
    old: str
    new: str
    status: str
    tone: str

    @property
    def waits(self) -> bool:
        """Whether the family may still take it back."""
        return self.value.status == ChangeStatus.WAITING


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One value as a clerk decides on it.

    `present` is the value now, differing from the one the family saw when
    `is_conflict`; `seen` is its fingerprint. `before` and `after` mark what differs.
    """

    line: ChangeLine
    present: str
    before: Sequence[Piece]
    after: Sequence[Piece]
    seen: str
    is_conflict: bool
    is_gone: bool


def subject_of(value: ProposedValue) -> str:
    """Return whom and what a value is about, without opening it."""
    label = PARTS[Editable(value.part)].field(value.field).label
    return f"{_about(value)}: {label}"


def change_line(value: ProposedValue) -> ChangeLine:
    """Return a proposed value in words."""
    part = PARTS[Editable(value.part)]
    return ChangeLine(
        value=value,
        about=_about(value),
        label=str(part.field(value.field).label),
        old=shown(part, value.field, written(value.old)),
        new=shown(part, value.field, written(value.new)),
        status=str(value.get_status_display()),
        tone=TONES[ChangeStatus(value.status)],
    )


def review_line(value: ProposedValue, household: Household) -> ReviewLine:
    """Return a value with what is on file now, for the clerk who decides."""
    line = change_line(value)
    part = PARTS[Editable(value.part)]
    target = find_fresh(value.target)
    is_gone = target is None or not belongs_to(target, household)
    now = written(value.old) if is_gone else _now(part, target, value.field)
    present = shown(part, value.field, now)
    before, after = differences(present if line.waits else line.old, line.new)
    return ReviewLine(
        line=line,
        present=present,
        before=before,
        after=after,
        seen=fingerprint(now),
        is_conflict=line.waits and now != written(value.old),
        is_gone=is_gone,
    )


def shown(part: Part, name: str, value: Plain) -> str:
    """Return a value in words; an empty one is said, never left blank."""
    text = "" if value in (None, "") else part.field(name).show(value)
    return text or _("Nothing")


def time_left(request: ChangeRequest, *, now: datetime) -> tuple[str, str]:
    """Return how the answer stands, in words, and its tone."""
    if request.closed_at is not None:
        return _("Answered"), "success"
    if request.due_at < now:
        return _("Late"), "danger"
    return _("Waiting"), "pending"


def _now(part: Part, target: Target | None, name: str) -> Plain:
    return plain(part.present(target))[name]


def _about(value: ProposedValue) -> str:
    if value.child_id or value.person_id:
        return str(value.target)
    return _("Household")
