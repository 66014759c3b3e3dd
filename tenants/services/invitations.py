"""The link through which somebody chooses their first password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.accounts.models import Account
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
    """Send the first administrator the link to the new portal."""
    with translation.override(town.locale):
        base_url = base_url_of(town)
        about = {
            "town": town.name,
            "account": account,
            "portal": base_url,
            "link": password_link(account=account, base_url=base_url),
        }
        message = EmailMultiAlternatives(
            subject=_("Your family portal is open"),
            body=render_to_string("tenants/mail/administrator_invited.txt", about),
            from_email=f'"{town.name}" <{settings.DEFAULT_FROM_EMAIL}>',
            to=[account.email],
        )
        message.attach_alternative(
            render_to_string("tenants/mail/administrator_invited.html", about),
            "text/html",
        )
        message.send()
