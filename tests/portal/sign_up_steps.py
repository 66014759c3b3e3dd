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
    """Return the messages of a town, oldest first."""
    with tenant_context(town):
        return list(OutgoingMail.objects.order_by("id"))


def link_in(mail: OutgoingMail, path: str = "/accounts/confirm-email/") -> str:
    """Return the path of the link in a message."""
    found = re.search(rf"http://[\w.:]+({re.escape(path)}\S+)", mail.text)
    assert found, mail.text
    return found.group(1)
