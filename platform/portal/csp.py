"""A looser policy for Wagtail's editor, and for nothing else."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

BACK_OFFICE = "/admin/"
# Wagtail's editor writes style attributes, shows pictures it has just been given,
# and previews pages in a frame of its own.
EDITOR = {
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "worker-src": [SELF, "blob:"],
}


# Only staff ask for previews; the page keeps the families' policy otherwise.
PREVIEW = {"frame-ancestors": [SELF]}


class BackOfficePolicyMiddleware:
    """Applies the editor's policy to the back office; inside CSPMiddleware."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Replace the directives that the editor needs."""
        response = self.get_response(request)
        is_preview = getattr(request, "is_dummy", False)
        if is_preview or request.path.startswith(BACK_OFFICE):
            policy = PREVIEW if is_preview else EDITOR
            response._csp_replace = policy  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp's way.
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response
