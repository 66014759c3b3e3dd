"""What a parent does to sign up, and the messages they receive."""

import re

from django_tenants.utils import tenant_context

from foundation.post.models import OutgoingMail
from tenants.models import Town

ANSWERS = {
    "civility": "madam",
    "first_name": "Claire",
    "last_name": "Martin",
    "email": "claire@example.com",
    "password1": "un-long-secret",
    "of_age": "on",
}


def sign_up(client, **other):
    return client.post("/accounts/signup/", ANSWERS | other)


def mails(town: Town) -> list[OutgoingMail]:
    """Return the messages to families, oldest first: the town's own are left out."""
    with tenant_context(town):
        sent = OutgoingMail.objects.order_by("id")
        return [mail for mail in sent if not mail.recipients[0].startswith("mairie@")]


def link_in(mail: OutgoingMail, path: str = "/accounts/confirm-email/") -> str:
    """Return the path of the link in a message."""
    found = re.search(rf"http://[\w.:]+({re.escape(path)}\S+)", mail.text)
    assert found, mail.text
    return found.group(1)
