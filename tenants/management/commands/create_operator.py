"""`manage.py create_operator EMAIL`: an account on the platform's own site."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from tenants.services.invitations import password_link
from tenants.services.operators import create_operator


class Command(BaseCommand):
    """Prints the link to choose a password; asking again gives a new link."""

    help = "Create an operator of the platform, or give a new link to one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address."""
        parser.add_argument("email")

    def handle(self, *, email: str, **_options: Any) -> None:
        """Create the account and print its link."""
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email}: {error.messages[0]}") from error
        account = create_operator(email=email)
        link = password_link(account=account, base_url=settings.PLATFORM_BASE_URL)
        self.stdout.write(f"{account.email} chooses a password, within 24 hours:")
        self.stdout.write(link)
