"""Open a town: a schema, an address, a key, and the configuration it starts with."""

import logging
import secrets
import string
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import tenant_context

from foundation import content_types
from foundation.accounts.models import Account
from foundation.encryption import new_wrapped_key
from foundation.errors import DomainError
from foundation.journal.services import record
from foundation.problems import ConfigurationError, explain
from tenants.domain.pack import TOWN, TownFacts
from tenants.domain.packs import Pack, read_pack
from tenants.enums import TownAction, TownState
from tenants.gateways.schemas import drop_schema, replay_template, schema_exists
from tenants.models import Domain, Town
from tenants.signals import pack_read, town_awaited, town_filling

logger = logging.getLogger(__name__)


class HostTakenError(DomainError):
    """Another town already answers on this host."""

    def __init__(self) -> None:
        super().__init__(_("Another town already answers on this host name."))


def checked_pack(data: object) -> Pack:
    """Read a pack given as plain data; raises ConfigurationError with every problem."""
    pack = read_pack(data, platform_host=settings.PLATFORM_HOST)
    answers = pack_read.send(sender=Pack, pack=pack)
    problems: list[Any] = [each for _who, found in answers for each in found or ()]
    if problems:
        raise ConfigurationError(problems)
    return pack


@transaction.atomic
def register_town(*, pack: Mapping[str, Any], actor: Account | None = None) -> Town:
    """Write a town down with its host name; `build_town` then makes it.

    `pack` is plain data (see docs/operations/opening-a-town.md). A former try on the
    same host that never opened is taken up again, with the new pack. Raises
    ConfigurationError and HostTakenError.
    """
    facts = checked_pack(pack).get(TOWN)
    town = _unfinished(facts.host) or _new_town(facts.host)
    for name in ("name", "kind", "locale", "currency", "time_zone"):
        setattr(town, name, getattr(facts, name))
    town.opening_pack = dict(pack)
    town.opening_error = ""
    _write(town, facts)
    record(
        actor=actor, action=TownAction.REGISTERED, target=town, new={"host": facts.host}
    )
    return town


def await_town(*, pack: Mapping[str, Any], actor: Account | None) -> Town:
    """Write a town down and have it made soon, by a job."""
    with transaction.atomic():
        town = register_town(pack=pack, actor=actor)
        town_awaited.send(sender=Town, town=town)
    return town


@transaction.atomic
def retry_town(*, town: Town, actor: Account | None) -> None:
    """Have a town made again, after a try that failed."""
    if town.state != TownState.OPENING:
        return
    town.opening_error = ""
    town.save(update_fields=["opening_error"])
    record(actor=actor, action=TownAction.RETRIED, target=town)
    town_awaited.send(sender=Town, town=town)


def build_town(*, town: Town, now: datetime) -> None:
    """Make the schema of a registered town, fill it, and open it.

    Safe to run again after a crash: what a former try left is replaced, as long as
    the town never was open.
    """
    if town.state != TownState.OPENING:
        return
    pack = checked_pack(town.opening_pack)
    if schema_exists(town.schema_name):
        drop_schema(town.schema_name)
    replay_template(town.schema_name)
    content_types.forget(town.schema_name)
    with transaction.atomic():
        with tenant_context(town), transaction.atomic():
            town_filling.send(sender=Town, town=town, pack=pack, now=now)
        town.state = TownState.OPEN
        town.opened_at = now
        town.opening_pack = {}
        town.opening_error = ""
        town.save(update_fields=["state", "opened_at", "opening_pack", "opening_error"])
        record(actor=None, action=TownAction.OPENED, target=town)


def build_or_explain(*, town: Town, now: datetime) -> bool:
    """Make a town; keep the reason for the console when it cannot be made."""
    try:
        with transaction.atomic():
            build_town(town=town, now=now)
    except Exception as error:  # Whatever it is, somebody waits for an answer.
        logger.exception("a town could not be opened")
        # What the failed try set on the object was rolled back in the database.
        town.state, town.opened_at = TownState.OPENING, None
        town.opening_error = _reason(error)
        town.save(update_fields=["opening_error"])
        return False
    return True


def new_schema_name() -> str:
    """Return a name nobody chose: a town may be renamed, its schema never is."""
    alphabet = string.ascii_lowercase + string.digits
    return "t_" + "".join(secrets.choice(alphabet) for _index in range(10))


def _unfinished(host: str) -> Town | None:
    """Return the town that a former try left on a host, locked."""
    return (
        Town.objects.towns()
        .select_for_update(of=("self",))
        .filter(domains__domain=host, state=TownState.OPENING)
        .first()
    )


def _new_town(host: str) -> Town:
    if Domain.objects.filter(domain=host).exists():
        raise HostTakenError
    return Town(schema_name=new_schema_name(), wrapped_key=new_wrapped_key())


def _write(town: Town, facts: TownFacts) -> None:
    try:
        with transaction.atomic():
            is_new = town.pk is None
            town.save()
            if is_new:
                Domain.objects.create(domain=facts.host, tenant=town, is_primary=True)
    except IntegrityError as error:
        raise HostTakenError from error


def _reason(error: Exception) -> str:
    """Return what the operator reads; the log has the rest."""
    if isinstance(error, ConfigurationError):
        return "\n".join(f"{each.path}: {explain(each)}" for each in error.problems)
    return f"{type(error).__name__}: {error}".strip()[:1000]
