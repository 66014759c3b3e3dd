"""Close, at start-up, the doors through which one town could see another."""

from django.apps import AppConfig

from foundation import problems
from foundation.privacy.registry import register
from foundation.privacy.tables import TABLES
from foundation.problem_sentences import SENTENCES


class FoundationConfig(AppConfig):
    """Installs the per-town content type cache and the start-up checks."""

    name = "foundation"

    def ready(self) -> None:
        """Patch once all applications are loaded."""
        from foundation import checks, content_types  # noqa: PLC0415 - models load first.

        content_types.install()
        problems.teach(SENTENCES)
        checks.register_all()
        register(TABLES)
