"""Jobs that always know their town.

The queue lives in public and outlives requests: a job names its town and carries
identifiers only, never personal data. The worker's threads start in no town at all.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django_tenants.utils import (
    get_public_schema_name,
    get_tenant_model,
    tenant_context,
)
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from foundation.town import current_schema, enter_public

# People wait for their messages; nobody waits for the search index.
PRIORITIES = {"mail": 10, "wagtail": -10}


@functools.cache
def job_manager() -> JobManager:
    """Return the queue seen through Django's own connection.

    Inside a worker, procrastinate's app speaks through a connection of the worker's: a
    job deferred there would start before the transaction that asks for it is committed.
    """
    return JobManager(DjangoConnector(alias="default"))


class NoTownError(RuntimeError):
    """A town's job was deferred, or run, outside any town."""


class TownTask:
    """A function to be run later in the town that asked for it."""

    def __init__(
        self,
        function: Callable[..., None],
        *,
        queue: str,
        retries: int,
        in_public: bool,
    ) -> None:
        """Register the job under the function's dotted name."""
        functools.update_wrapper(self, function)  # type: ignore[arg-type] # Any callable.
        self.function = function
        self.queue = queue
        self.in_public = in_public
        self.name = f"{function.__module__}.{function.__name__}"
        retry = RetryStrategy(max_attempts=retries, exponential_wait=4)
        app.task(name=self.name, queue=queue, retry=retry)(self.run)

    def defer(
        self,
        *,
        lock: str | None = None,
        queueing_lock: str | None = None,
        **arguments: Any,
    ) -> int:
        """Queue the job in the current transaction, for the current town.

        `lock` keeps jobs of the same town and lock from running at the same time;
        `queueing_lock` keeps a second one from waiting while one waits already:
        procrastinate's AlreadyEnqueued is raised.
        """
        town = current_schema()
        if town == get_public_schema_name() and not self.in_public:
            raise NoTownError(f"{self.name} was deferred outside any town")
        job = configure_task(
            name=self.name,
            job_manager=job_manager(),
            queue=self.queue,
            priority=PRIORITIES.get(self.queue, 0),
            lock=f"{town}:{lock}" if lock else None,
            queueing_lock=f"{town}:{queueing_lock}" if queueing_lock else None,
        )
        return job.defer(town=town, **arguments)

    def run(self, *, town: str, **arguments: Any) -> None:
        """Run in the town, in one transaction, and leave the thread in public."""
        if town == get_public_schema_name() and not self.in_public:
            raise NoTownError(f"{self.name} was run outside any town")
        enter_public()
        tenant = get_tenant_model().objects.get(schema_name=town)
        try:
            with tenant_context(tenant), transaction.atomic():
                self.function(**arguments)
        finally:
            enter_public()


def town_task(
    *, queue: str = "default", retries: int = 5, in_public: bool = False
) -> Callable[[Callable[..., None]], TownTask]:
    """Declare a job of a town.

    The function takes keyword identifiers only, must be safe to run twice, and runs
    in one transaction. `in_public` also allows it on the platform's own schema.
    """

    def declare(function: Callable[..., None]) -> TownTask:
        return TownTask(function, queue=queue, retries=retries, in_public=in_public)

    return declare
