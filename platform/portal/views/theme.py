"""A town's colours, as a stylesheet: pages carry no inline style."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from foundation.access import open_to_all
from tenants.townhall.queries import town_settings

ONE_YEAR = 365 * 24 * 60 * 60


@open_to_all
@require_safe
def theme(request: HttpRequest, version: str) -> HttpResponse:
    """Serve the current theme; its address changes with its content."""
    about = town_settings()
    if not about.theme_hash or about.theme_hash != version:
        raise Http404
    response = HttpResponse(about.theme_css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response
