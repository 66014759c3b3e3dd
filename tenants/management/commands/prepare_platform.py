"""`manage.py prepare_platform`: bring the database to this release."""

from typing import Any

from django.core.management.base import BaseCommand

from tenants.services.platform import prepare_platform


class Command(BaseCommand):
    """Run at each deployment, before the new code serves."""

    help = "Migrate the platform and its towns, and build the template of a town."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prepare, telling each step."""
        prepare_platform(say=self.stdout.write)
