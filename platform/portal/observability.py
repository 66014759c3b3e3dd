"""Error reports that name the town and nobody in it.

Reports are built from an allow-list: what is not known to be harmless is dropped.
Local variables, request bodies, cookies, query strings and users never leave.
"""

from typing import Any

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.types import Event, Hint

from foundation.town import current_schema

# Keys of a report that may leave; everything else is removed.
KEPT = {
    "event_id",
    "timestamp",
    "level",
    "platform",
    "release",
    "environment",
    "server_name",
    "exception",
    "transaction",
    "tags",
    "contexts",
    "sdk",
    "modules",
    "fingerprint",
    "logger",
    "type",
}
KEPT_CONTEXTS = {"runtime", "trace"}
KEPT_FRAME = {"filename", "function", "module", "lineno", "in_app", "abs_path"}


def start_reports() -> bool:
    """Start Sentry when a DSN is set; return whether it was."""
    if not settings.SENTRY_DSN:
        return False
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        release=settings.RELEASE,
        integrations=[DjangoIntegration(transaction_style="url")],
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=scrub,
    )
    return True


def scrub(event: Event, _hint: Hint) -> Event | None:
    """Keep only what is harmless, and add the town's schema."""
    report: dict[str, Any] = {k: v for k, v in dict(event).items() if k in KEPT}
    report["tags"] = {"town": current_schema()}
    contexts = report.get("contexts") or {}
    report["contexts"] = {k: v for k, v in contexts.items() if k in KEPT_CONTEXTS}
    for raised in (report.get("exception") or {}).get("values", []):
        # The text of an exception may quote what a person typed.
        raised.pop("value", None)
        frames = (raised.get("stacktrace") or {}).get("frames", [])
        for index, frame in enumerate(frames):
            frames[index] = {k: v for k, v in frame.items() if k in KEPT_FRAME}
    return report  # type: ignore[return-value] # A subset of the same dictionary.
