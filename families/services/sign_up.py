"""Opening an account from a link, in towns that ask for the address first.

The town answers the same, and does the same work, whatever it knows of an address:
asking writes one row; a job then decides which message leaves.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from families.enums import Civility
from families.models import SignUpLink
from families.services.people import discard_unconfirmed, register_person
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.post.letters import write_letter
from tenants.queries import base_url_of, current_town

VALID_FOR = timedelta(hours=24)


class LinkOverError(DomainError):
    """The link was used, or is too old."""

    def __init__(self) -> None:
        super().__init__(_("This link no longer works. Ask for a new one."))


class AddressTakenError(DomainError):
    """The address has had an account since the link was sent."""

    def __init__(self) -> None:
        super().__init__(_("You have an account already: sign in."))


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody says of themselves."""

    civility: Civility
    first_name: str
    last_name: str
    password: str


def ask_sign_up_link(*, email: str, now: datetime) -> SignUpLink:
    """Note that an address asked for its link; reads nothing about the address."""
    return SignUpLink.objects.create(
        email=email.lower(), asked_at=now, valid_until=now + VALID_FOR
    )


@transaction.atomic
def send_sign_up_link(*, link_id: int, now: datetime) -> bool:
    """Write to the address; return whether it may open an account with the link.

    Sent once, however often the job runs. An address with an account is told so.
    """
    link = SignUpLink.objects.select_for_update(of=("self",)).get(pk=link_id)
    if link.sent_at is not None:
        return bool(link.digest)
    link.sent_at = now
    if _has_account(link.email):
        _write("mail/families/account_known.txt", link.email, "/accounts/login/")
    else:
        secret = secrets.token_urlsafe(32)
        link.digest = _digest(secret)
        path = f"/accounts/start/{secret}/"
        _write("mail/families/sign_up_link.txt", link.email, path)
    link.save(update_fields=["sent_at", "digest"])
    return bool(link.digest)


def find_sign_up_link(secret: str, *, now: datetime) -> SignUpLink | None:
    """Return the link that still opens an account, or None."""
    return SignUpLink.objects.open_at(now).filter(digest=_digest(secret)).first()


@transaction.atomic
def open_account(*, link: SignUpLink, newcomer: Newcomer, now: datetime) -> Account:
    """Open the account of a link, its address being proven, and use the link up.

    Raises LinkOverError when another request was faster, and AddressTakenError.
    """
    links = SignUpLink.objects.select_for_update(of=("self",))
    found = links.open_at(now).filter(pk=link.pk).first()
    if found is None:
        raise LinkOverError
    account = _create(found.email, newcomer)
    EmailAddress.objects.create(
        user=account, email=account.email, verified=True, primary=True
    )
    register_person(
        account=account,
        civility=newcomer.civility,
        first_name=newcomer.first_name,
        last_name=newcomer.last_name,
        now=now,
    )
    SignUpLink.objects.filter(email=found.email, used_at=None).update(used_at=now)
    return account


def _create(email: str, newcomer: Newcomer) -> Account:
    """Create the account; one that nobody confirmed gives way to who proved it."""
    rival = Account.objects.filter(email=email).first()
    if rival is not None and not discard_unconfirmed(account=rival):
        raise AddressTakenError
    try:
        with transaction.atomic():
            return Account.objects.create_user(
                email,
                newcomer.password,
                first_name=newcomer.first_name,
                last_name=newcomer.last_name,
            )
    except IntegrityError as error:
        raise AddressTakenError from error


def _has_account(email: str) -> bool:
    """Tell whether an account has this address for good; see `discard_unconfirmed`."""
    kept = (
        Q(is_staff=True)
        | Q(last_login__isnull=False)
        | Q(emailaddress__verified=True, emailaddress__email=email)
        | Q(person__guardianships__isnull=False)
    )
    return Account.objects.filter(kept, email=email).exists()


def _write(template: str, email: str, path: str) -> None:
    town = current_town()
    base_url = base_url_of(town)
    with translation.override(town.locale):
        letter = write_letter(
            template,
            {
                "town": town.name,
                "link": f"{base_url}{path}",
                "password_reset_url": f"{base_url}/accounts/password/reset/",
            },
            signature=town.name,
        )
        sender = formataddr((town.name, settings.DEFAULT_FROM_EMAIL))
        letter.to_mail(sender=sender, recipient=email).send()


def _digest(secret: str) -> str:
    """Return what is kept of a secret drawn from 256 bits."""
    return sha256(secret.encode()).hexdigest()
