"""A town's public pictures and documents: served on its own host only."""

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from foundation.access import open_to_all

# Pictures of pages and logos; anything else goes through Wagtail's document view.
SHOWN = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".pdf": "application/pdf",
}


@open_to_all
@require_safe
def media(request: HttpRequest, schema: str, path: str) -> FileResponse:
    """Serve a file of the current town; another town's answers 404.

    Raises Http404 for a kind of file that pages do not show.
    """
    kind = SHOWN.get(PurePosixPath(path).suffix.lower())
    if schema != request.tenant.schema_name or kind is None:  # type: ignore[attr-defined] # TownMiddleware.
        raise Http404
    if ".." in PurePosixPath(path).parts or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path), content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "public, max-age=86400"
    return response
