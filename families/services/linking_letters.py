"""Messages about accounts that enter a file, to those the town knows."""

from email.utils import formataddr

from django.conf import settings
from django.utils import timezone, translation

from families.models import FileLink, FileRequest, Guardian
from families.queries import addresses_of
from foundation.post.letters import write_letter
from tenants.queries import base_url_of, current_town
from tenants.townhall.queries import town_settings


def send_linked(link: FileLink) -> None:
    """Tell every address that the file's adults have, but the account's own.

    Neither the file number nor a name is written: the address may be an old one.
    """
    households = Guardian.objects.filter(person=link.person).values_list(
        "household_id", flat=True
    )
    known = {
        address
        for listed in addresses_of(list(households)).values()
        for address in listed
    }
    known.add(link.person.email)
    for address in sorted(known - {"", link.account.email}):
        _send("linked", address, link=link, account=masked(link.account.email))


def send_undone(link: FileLink) -> None:
    """Tell the account's holder that the town took the account out of the file."""
    _send("unlinked", link.account.email, link=link)


def send_request(name: str, request: FileRequest, **more: object) -> None:
    """Write to who asked for a file number: received, accepted, opened, refused."""
    _send(f"file_request_{name}", request.account.email, request=request, **more)


def masked(email: str) -> str:
    """Return an address that its owner recognises and nobody else can read."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}•••@{host}"


def _send(name: str, recipient: str, **about: object) -> None:
    town, hall = current_town(), town_settings()
    with translation.override(town.locale), timezone.override(town.time_zone):
        letter = write_letter(
            f"mail/families/{name}.txt",
            {
                "town": hall.name,
                "portal": base_url_of(town),
                "contact": [
                    each for each in (hall.contact_phone, hall.contact_email) if each
                ],
                **about,
            },
            signature=hall.name,
        )
    sender = formataddr((hall.name, settings.DEFAULT_FROM_EMAIL))
    mail = letter.to_mail(sender=sender, recipient=recipient)
    mail.reply_to = [hall.contact_email] if hall.contact_email else []
    mail.send()
