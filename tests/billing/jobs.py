"""Run what was queued, as the worker would."""

import json
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from foundation.town import current_tenant
from tenants.models import Town


def run_jobs(*queues: str) -> list[str]:
    """Run every job of these queues (all by default), and those they queue.

    Return the names of the jobs, in order. Mail is left in its queue.
    """
    done = []
    town = current_tenant()
    while job := _take(town.schema_name, queues):
        name, arguments = job
        app.tasks[name].func(**arguments)
        # A job leaves the town, as in the worker.
        enter(town)
        done.append(name.rpartition(".")[2])
    return done


def enter(town: Town) -> None:
    """Go back in a town: requests and jobs leave it, as they must."""
    connection.set_tenant(town)  # type: ignore[attr-defined] # django-tenants adds it.


def queued(name: str) -> int:
    """Count the jobs of a name that wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM public.procrastinate_jobs"
            " WHERE task_name = %s AND status = 'todo'",
            [name],
        )
        return int(cursor.fetchone()[0])


def _take(schema: str, queues: tuple[str, ...]) -> tuple[str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE public.procrastinate_jobs SET status = 'succeeded' WHERE id = ("
            " SELECT min(id) FROM public.procrastinate_jobs WHERE status = 'todo'"
            " AND args->>'town' = %s AND queue_name <> 'mail'"
            " AND (%s OR queue_name = ANY(%s)))"
            " RETURNING task_name, args",
            [schema, not queues, list(queues)],
        )
        row = cursor.fetchone()
    return (row[0], json.loads(row[1])) if row else None
