"""Try a transaction again when the database undid it in favour of another one."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

Result = TypeVar("Result")

#: A deadlock was found, or a serialisation failed: nothing was changed.
PASSING = {"40P01", "40001"}
TRIES = 4


def retried(act: Callable[[], Result]) -> Result:
    """Run a whole transaction, again when it met another one on its way.

    Inside a transaction it runs once: only the outermost one can start again.
    """
    for left in reversed(range(TRIES)):
        try:
            return act()
        except OperationalError as error:
            state = getattr(error.__cause__, "sqlstate", None)
            if state not in PASSING or not left or connection.in_atomic_block:
                raise
    raise AssertionError("unreachable")
