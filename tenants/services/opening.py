"""Open a town: a schema, an address, a key, and the configuration it starts with."""

import secrets
import string
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import tenant_context

from foundation import content_types
from foundation.encryption import new_wrapped_key
from foundation.errors import DomainError
from tenants.enums import TownState
from tenants.gateways.schemas import drop_schema, replay_template, schema_exists
from tenants.models import Domain, Town
from tenants.signals import town_filling


class HostTakenError(DomainError):
    """Another town already answers on this host."""

    def __init__(self) -> None:
        super().__init__(_("Another town already answers on this host name."))


def register_town(*, pack: Mapping[str, Any]) -> Town:
    """Write a town down with its host name; `build_town` then makes it.

    `pack` is a validated configuration (see docs/operations/opening-a-town.md).
    Raises HostTakenError.
    """
    about = pack["town"]
    try:
        with transaction.atomic():
            town: Town = Town.objects.create(
                schema_name=new_schema_name(),
                name=about["name"],
                kind=about["kind"],
                locale=about["locale"],
                currency=about["currency"],
                time_zone=about["time_zone"],
                wrapped_key=new_wrapped_key(),
                opening_pack=dict(pack),
            )
            Domain.objects.create(domain=about["host"], tenant=town, is_primary=True)
    except IntegrityError as error:
        raise HostTakenError from error
    return town


def build_town(*, town: Town, now: datetime) -> None:
    """Make the schema of a registered town, fill it, and open it.

    Safe to run again after a crash: what a former try left is replaced, as long as
    the town never was open.
    """
    if town.state != TownState.OPENING:
        return
    if schema_exists(town.schema_name):
        drop_schema(town.schema_name)
    replay_template(town.schema_name)
    content_types.forget(town.schema_name)
    with tenant_context(town), transaction.atomic():
        town_filling.send(sender=Town, town=town, pack=town.opening_pack)
    town.state = TownState.OPEN
    town.opened_at = now
    town.opening_pack = {}
    town.save(update_fields=["state", "opened_at", "opening_pack"])


def new_schema_name() -> str:
    """Return a name nobody chose: a town may be renamed, its schema never is."""
    alphabet = string.ascii_lowercase + string.digits
    return "t_" + "".join(secrets.choice(alphabet) for _index in range(10))
