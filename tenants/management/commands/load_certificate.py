"""`manage.py load_certificate FILE`: trust a certificate of official papers."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.errors import DomainError
from tenants.services.certificates import load_certificate


class Command(BaseCommand):
    """Keeps one certificate; loading it again changes nothing."""

    help = "Trust a certificate that signs the codes of official papers (2D-Doc)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and the names codes give it when they are not in it."""
        parser.add_argument("file", type=Path, help="PEM or DER")
        parser.add_argument("--authority", default="", help="four characters: FR03")
        parser.add_argument("--name", default="", help="four characters: AV01")
        parser.add_argument("--issuer", type=Path, help="the authority's certificate")

    def handle(
        self,
        *,
        file: Path,
        authority: str,
        name: str,
        issuer: Path | None,
        **_options: Any,
    ) -> None:
        """Keep the certificate and say under which name."""
        try:
            kept = load_certificate(
                content=file.read_bytes(),
                authority=authority,
                name=name,
                issuer=issuer.read_bytes() if issuer else None,
                actor=None,
            )
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{kept}: {kept.subject}, until {kept.valid_until}")
