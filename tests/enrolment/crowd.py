"""Many families acting at once, each on its own connection to a town of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import uuid4

from django.db import connection
from django_tenants.utils import tenant_context

from tenants.models import Town
from tests import cast

Result = TypeVar("Result")


def open_busy_town() -> Town:
    """Open a town like Rochebelle, with committed data, under a name nobody uses."""
    name = f"foule-{uuid4().hex[:8]}"
    pack = cast.pack_of("rochebelle")
    pack["town"] = {**pack["town"], "name": name.title(), "host": f"{name}.localhost"}
    return cast.open_from(pack)


def all_at_once(
    town: Town, acts: Sequence[Callable[[], Result]], *, together: int = 50
) -> list[Result | BaseException]:
    """Run every act in its own thread and connection; return what each gave.

    At most `together` run at the same time, and the first ones start together.
    """
    answers: list[Any] = [None] * len(acts)
    start = threading.Barrier(min(together, len(acts)))
    turns = threading.Semaphore(together)

    def run(index: int) -> None:
        with turns, tenant_context(town):
            if index < start.parties:
                start.wait(timeout=30)
            try:
                answers[index] = acts[index]()
            except Exception as error:  # noqa: BLE001 - it is the answer.
                answers[index] = error
            finally:
                connection.close()

    threads = [threading.Thread(target=run, args=[index]) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers
