"""`manage.py open_town FILE`: open a town from its pack, as an operator does."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from foundation.problems import ConfigurationError, explain
from tenants.gateways.pack_files import read_pack_file, with_lines
from tenants.models import Town
from tenants.queries import base_url_of
from tenants.services.invitations import password_link
from tenants.services.opening import (
    HostTakenError,
    build_town,
    checked_pack,
    register_town,
)


class Command(BaseCommand):
    """Checks the whole file first; nothing is written when anything is wrong."""

    help = "Open a town from a YAML file (see docs/operations/opening-a-town.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only check the file")

    def handle(self, *, file: Path, check: bool, **_options: Any) -> None:
        """Open the town and say where it is; or say all that is wrong, and exit 1."""
        try:
            town = open_from_file(file, only_check=check)
        except ConfigurationError as error:
            content = file.read_bytes()
            found = with_lines(error.problems, content)
            self._refuse(f"{file}: {each.path}: {explain(each)}" for each in found)
        except HostTakenError as error:
            self._refuse([f"{file}: town.host: {error}"])
        except OSError as error:
            self._refuse([f"{file}: file: {error.strerror}"])
        if town is None:
            self.stdout.write(f"{file}: nothing is wrong.")
            return
        self.stdout.write(f"{town.name} is open: {base_url_of(town)}/")
        self.stdout.write(f"Its administrator chooses a password: {first_link(town)}")

    def _refuse(self, lines: Iterable[str]) -> NoReturn:
        """Write each problem on a line of its own, and end with 1."""
        for line in lines:
            self.stderr.write(line)
        sys.exit(1)


def open_from_file(file: Path, *, only_check: bool) -> Town | None:
    """Read, check, register and build."""
    data = read_pack_file(file.read_bytes())
    if only_check:
        checked_pack(data)
        return None
    town = register_town(pack=data)
    build_town(town=town, now=timezone.now())
    return town


def first_link(town: Town) -> str:
    """Return the link through which the administrator chooses a password."""
    with tenant_context(town):
        account = Account.objects.filter(is_superuser=True).order_by("pk").first()
        if account is None:
            raise CommandError("The town has no administrator.")
        return password_link(account=account, base_url=base_url_of(town))
