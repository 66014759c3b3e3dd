"""What part of the town a member of staff works for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """The departments and schools whose records somebody may see.

    Both hold the ids of rows of the town's schema; None means all of them. A record
    is in scope when it is on both sides.
    """

    departments: frozenset[int] | None = None
    schools: frozenset[int] | None = None

    @property
    def is_everything(self) -> bool:
        """Nothing is hidden."""
        return self.departments is None and self.schools is None

    def covers_departments(self, wanted: frozenset[int]) -> bool:
        """Say whether all these departments are in scope."""
        return self.departments is None or wanted <= self.departments

    def covers_schools(self, wanted: frozenset[int]) -> bool:
        """Say whether all these schools are in scope."""
        return self.schools is None or wanted <= self.schools


EVERYTHING = Scope()
NOTHING = Scope(frozenset(), frozenset())
