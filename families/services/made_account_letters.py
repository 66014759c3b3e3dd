"""The message that opens an account: the only place where the password stands."""

from email.utils import formataddr

from django.conf import settings
from django.urls import reverse

from families.services.words import day_words, town_language, town_time
from foundation.accounts.models import Account
from foundation.post.letters import write_letter
from tenants.queries import base_url_of, current_town
from tenants.townhall.queries import town_settings


def send_made_account(*, account: Account, password: str, link: str) -> None:
    """Send user name, temporary password and link; `link` is empty once activated."""
    town, hall = current_town(), town_settings()
    base_url = base_url_of(town)
    until = account.temporary_until
    with town_language():
        letter = write_letter(
            "mail/families/account_made.txt",
            {
                "town": hall.name,
                "account": account,
                "password": password,
                "link": f"{base_url}{link}" if link else "",
                "sign_in": f"{base_url}{reverse('account_login')}",
                "until": day_words(town_time(until).date()) if until else "",
                "contact": hall.contact_phone or hall.contact_email,
            },
            signature=hall.name,
        )
    mail = letter.to_mail(
        sender=formataddr((hall.name, settings.DEFAULT_FROM_EMAIL)),
        recipient=account.email,
    )
    mail.reply_to = [hall.contact_email] if hall.contact_email else []
    mail.send()
