"""Wagtail's own background work (search index, file clean-up), on our queue."""

from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id, normalize_json

from foundation.jobs.town import town_task


@town_task(queue="wagtail", retries=3, in_public=True)
def run_wagtail_task(*, path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Run a django-tasks task, named by its dotted path, in its town."""
    task: Task[..., Any] = import_string(path)
    if task.takes_context:
        result = _result(task, tuple(args), kwargs)
        task.call(TaskContext(task_result=result), *args, **kwargs)
    else:
        task.call(*args, **kwargs)


class ProcrastinateBackend(BaseTaskBackend):
    """Defers django-tasks tasks to procrastinate, with the town they belong to."""

    supports_priority = True

    def enqueue(
        self, task: Task[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> TaskResult[Any]:
        """Queue the task in the current transaction."""
        self.validate_task(task)
        run_wagtail_task.defer(
            path=f"{task.func.__module__}.{task.func.__qualname__}",
            args=normalize_json(list(args)),
            kwargs=normalize_json(kwargs),
        )
        return _result(task, args, kwargs)


def _result(
    task: Task[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> TaskResult[Any]:
    """Describe a queued task the way django-tasks expects."""
    return TaskResult(
        task=task,
        id=get_random_id(),
        status=TaskResultStatus.READY,
        enqueued_at=timezone.now(),
        started_at=None,
        last_attempted_at=None,
        finished_at=None,
        args=list(args),
        kwargs=kwargs,
        backend=task.backend,
        errors=[],
        worker_ids=[],
    )
