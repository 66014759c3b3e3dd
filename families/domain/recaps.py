"""What is said, on paper, of a visit to the counter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One subject of what was done: sentences ready to be read."""

    title: str
    lines: tuple[str, ...]
    order: int = 100
