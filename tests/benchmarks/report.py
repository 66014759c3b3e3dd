"""Print what we do beside the floor it is measured against, and keep the table.

A figure alone says nothing on a shared machine: each row is a ratio of two things
measured in the same run, taken in turns, the median of several, in processor time.
"""

import json
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "build" / "benchmarks"


@dataclass(frozen=True, slots=True)
class Row:
    """One goal: ours beside its floor or its peer; `target` reads like "<= 4"."""

    goal: str
    what: str
    ours: float
    floor: float
    ratio: float
    target: str
    met: bool


def row_at_most(
    goal: str, what: str, *, ours: float, floor: float, limit: float
) -> Row:
    """Return a row that is met when ours is at most `limit` times the floor."""
    ratio = ours / floor
    return Row(goal, what, ours, floor, ratio, f"<= {limit:.3g}", ratio <= limit)


def row_at_least(
    goal: str, what: str, *, ours: float, floor: float, limit: float
) -> Row:
    """Return a row that is met when ours is at least `limit` times the floor."""
    ratio = ours / floor
    return Row(goal, what, ours, floor, ratio, f">= {limit:.3g}", ratio >= limit)


def cpu_medians(
    works: Mapping[str, Callable[[], object]], *, rounds: int = 3
) -> dict[str, float]:
    """Return the median processor seconds of each work, run in turns.

    The first turn warms up caches and is not counted.
    """
    return {
        name: statistics.median(taken)
        for name, taken in _cpu_turns(works, rounds).items()
    }


def cpu_best(
    works: Mapping[str, Callable[[], object]], *, rounds: int = 3
) -> dict[str, float]:
    """Return the least processor seconds of each work, run in turns.

    For what only computes: neighbours on the machine make it slower, nothing makes
    it faster.
    """
    return {name: min(taken) for name, taken in _cpu_turns(works, rounds).items()}


def _cpu_turns(
    works: Mapping[str, Callable[[], object]], rounds: int
) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            start = time.process_time()
            work()
            if turn:
                seconds[name].append(time.process_time() - start)
    return seconds


def report(name: str, rows: list[Row]) -> None:
    """Print the table and write it to build/benchmarks/<name>.json."""
    OUT.mkdir(parents=True, exist_ok=True)
    content = json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False)
    (OUT / f"{name}.json").write_text(content + "\n", encoding="utf-8")
    print(f"{'goal':<6}{'ours':>10}{'floor':>10}{'ratio':>9}  {'target':<9}{'':<7}what")  # noqa: T201 - the table is what the command is for.
    for row in rows:
        met = "met" if row.met else "MISSED"
        print(  # noqa: T201 - same reason.
            f"{row.goal:<6}{row.ours:>10.4g}{row.floor:>10.4g}{row.ratio:>9.3g}"
            f"  {row.target:<9}{met:<7}{row.what}"
        )
