"""The family's file as a list of tasks: what is asked, and where each proof stands."""

from dataclasses import dataclass, field

from families.domain.home import Task


@dataclass(frozen=True, slots=True)
class Wanted:
    """A compulsory proof that a service asks of a household.

    `child_id` is given where the proof is about a child; `by` is who asks for it.
    """

    proof_type_id: int
    child_id: int | None
    by: str


@dataclass(frozen=True, slots=True)
class MyFile:
    """The tasks, by what the family has to do about them."""

    to_do: tuple[Task, ...] = ()
    sent: tuple[Task, ...] = ()
    in_order: tuple[Task, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked nor given yet."""
        return not (self.to_do or self.sent or self.in_order)
