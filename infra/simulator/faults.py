"""Trouble on demand: the next requests fail, wait, or lose their answer."""

import threading
from dataclasses import dataclass, replace
from typing import Any

from infra.simulator.errors import ApiError

ERROR, DELAY, DROP_BEFORE, DROP_AFTER = "error", "delay", "drop", "drop_after_commit"
KINDS = (ERROR, DELAY, DROP_BEFORE, DROP_AFTER)


@dataclass(frozen=True)
class Fault:
    """`times` requests whose method and path start match suffer it."""

    kind: str
    times: int = 1
    method: str | None = None
    path: str = "/v1/"
    status: int = 500
    seconds: float = 0.0

    def strikes(self, method: str, path: str) -> bool:
        return path.startswith(self.path) and self.method in (None, method)


def fault_asked(asked: dict[str, Any]) -> Fault:
    """Read a fault from the control API, or raise ApiError."""
    try:
        fault = Fault(**asked)
    except TypeError as wrong:
        raise ApiError(str(wrong)) from wrong
    if fault.kind not in KINDS:
        raise ApiError(f"kind is one of {', '.join(KINDS)}", param="kind")
    return fault


class Faults:
    """A queue shared by the threads that answer requests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: list[Fault] = []

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._queue.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._queue.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """Return the first fault planned for this request, using it up once."""
        with self._lock:
            for position, fault in enumerate(self._queue):
                if fault.strikes(method, path):
                    left = replace(fault, times=fault.times - 1)
                    self._queue[position : position + 1] = [left] if left.times else []
                    return fault
        return None
