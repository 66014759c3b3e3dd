"""Say whether the platform is alive, and ready to serve."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.access import open_to_all
from tenants.models import Town


@open_to_all
@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """Answer as long as the process does."""
    return JsonResponse({"status": "ok"})


@open_to_all
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database and the job queue answer, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
                " AND (scheduled_at IS NULL OR scheduled_at < now() - interval '5 min')"
            )
            (waiting,) = cursor.fetchone()
        towns = Town.objects.open().count()
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "ok", "towns": towns, "jobs_waiting": waiting})
