"""`manage.py work`: run the jobs of every town until asked to stop."""

import argparse
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """One worker process; start more of them, on any machine, for more work."""

    help = "Run background jobs."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the number of jobs run at once."""
        parser.add_argument("--concurrency", type=int, default=4)
        parser.add_argument("--once", action="store_true", help="stop when idle")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Hand over to procrastinate; finished jobs are removed at once."""
        arguments = ["worker", "--concurrency", str(options["concurrency"])]
        arguments += ["--delete-jobs", "successful"]
        if options["once"]:
            arguments.append("--one-shot")
        call_command("procrastinate", *arguments)
