"""The host names of a town: several may lead to it, one is used in its messages."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record
from foundation.problems import Problem, explain
from tenants.domain.hosts import HostError, read_host
from tenants.enums import TownAction
from tenants.models import Domain, Town


class HostRefusedError(DomainError):
    """A text that cannot be a town's host name."""

    def __init__(self, error: HostError) -> None:
        super().__init__(explain(Problem("host", error.reason, error.params)))


class HostTakenError(DomainError):
    """Another town, or this one, answers there already."""

    def __init__(self, host: str) -> None:
        super().__init__(_("%(host)s leads to a town already.") % {"host": host})


class HostInUseError(DomainError):
    """The host name of a town's messages cannot go."""

    def __init__(self) -> None:
        super().__init__(
            _("Messages use this host name. Choose another one for them first.")
        )


@transaction.atomic
def add_host(*, town: Town, typed: str, actor: Account) -> Domain:
    """Let a town answer on one more host name.

    Raises HostRefusedError and HostTakenError.
    """
    try:
        host = read_host(typed, platform_host=settings.PLATFORM_HOST)
    except HostError as error:
        raise HostRefusedError(error) from error
    town = _locked(town)
    try:
        with transaction.atomic():
            domain: Domain = town.domains.create(domain=host, is_primary=False)
    except IntegrityError:
        raise HostTakenError(host) from None
    record(actor=actor, action=TownAction.HOST_ADDED, target=town, new={"host": host})
    return domain


@transaction.atomic
def choose_host(*, town: Town, domain: Domain, actor: Account) -> None:
    """Use a host name in the town's messages and links from now on.

    The others go on leading to the town: links of former messages still work.
    """
    town = _locked(town)
    before = town.domains.filter(is_primary=True)
    old = before.values_list("domain", flat=True).first()
    if old == domain.domain:
        return
    before.update(is_primary=False)
    town.domains.filter(pk=domain.pk).update(is_primary=True)
    record(
        actor=actor,
        action=TownAction.HOST_CHOSEN,
        target=town,
        old={"host": old},
        new={"host": domain.domain},
    )


@transaction.atomic
def remove_host(*, town: Town, domain: Domain, actor: Account) -> None:
    """Stop answering on a host name. Raises HostInUseError for that of messages."""
    town = _locked(town)
    known = town.domains.get(pk=domain.pk)
    if known.is_primary:
        raise HostInUseError
    known.delete()
    record(
        actor=actor,
        action=TownAction.HOST_REMOVED,
        target=town,
        old={"host": known.domain},
    )


def _locked(town: Town) -> Town:
    """Return the town's row: two operators wait for each other."""
    return Town.objects.select_for_update(of=("self",)).get(pk=town.pk)
