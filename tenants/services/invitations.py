"""The link through which somebody chooses their first password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from foundation.accounts.models import Account
from foundation.post.letters import write_letter
from tenants.models import Town
from tenants.queries import base_url_of


def password_link(*, account: Account, base_url: str) -> str:
    """Return a link, valid once and for 24 hours, to choose a password.

    Opens on the schema of the account only: its key is of no use elsewhere.
    """
    key = default_token_generator.make_token(account)
    path = reverse(
        "account_reset_password_from_key",
        urlconf=settings.ROOT_URLCONF,
        kwargs={"uidb36": user_pk_to_url_str(account), "key": key},
    )
    return f"{base_url}{path}"


def invite_administrator(*, town: Town, account: Account) -> None:
    """Send the first administrator the link to the new portal, in its language."""
    with translation.override(town.locale):
        base_url = base_url_of(town)
        letter = write_letter(
            "tenants/mail/administrator_invited.txt",
            {
                "town": town.name,
                "first_name": account.first_name,
                "portal": f"{base_url}/",
                "link": password_link(account=account, base_url=base_url),
            },
            signature=town.name,
        )
    sender = f'"{town.name}" <{settings.DEFAULT_FROM_EMAIL}>'
    letter.to_mail(sender=sender, recipient=account.email).send()
