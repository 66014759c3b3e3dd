"""The town's way to sign up, and what the session remembers on that way."""

from typing import Any

from django_tenants.utils import get_public_schema_name

from foundation.town import current_schema
from tenants.townhall.models import SignUpStyle
from tenants.townhall.queries import town_settings

#: Where the message went; the "check your mail" page shows it.
SENT_TO = "sign_up_address"
#: The answers, the password excepted: a correction starts from them.
ANSWERS = "sign_up_answers"
#: The account of this browser that still waits for its link.
WAITING = "sign_up_account"
#: The address given first, in towns that ask for it before anything else.
START = "sign_up_start"


def in_a_town() -> bool:
    """Tell whether this is a town's own site, not the platform's."""
    public: str = get_public_schema_name()
    return current_schema() != public


def asks_address_first(tenant: Any) -> bool:
    """Tell whether families of this town give their address first."""
    if tenant.schema_name == "public":
        return False
    return town_settings().sign_up_style == SignUpStyle.ADDRESS_FIRST
