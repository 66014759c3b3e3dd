"""Suspend a town and open it again: families read why it is closed, nothing is lost."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record
from tenants.enums import TownAction, TownState
from tenants.models import Town


class WrongStateError(DomainError):
    """The town is not in the state this decision starts from."""

    def __init__(self) -> None:
        super().__init__(
            _("The state of this town has changed meanwhile. Look at it again.")
        )


class ReasonMissingError(DomainError):
    """A decision that closes a portal needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("Write why the town is suspended."))


def suspend_town(*, town: Town, actor: Account, reason: str) -> Town:
    """Close an open town for a while; its portal then answers 503.

    Raises WrongStateError and ReasonMissingError.
    """
    if not reason.strip():
        raise ReasonMissingError
    return _move(
        town,
        moves=(TownState.OPEN, TownState.SUSPENDED),
        action=TownAction.SUSPENDED,
        actor=actor,
        reason=reason.strip(),
    )


def reopen_town(*, town: Town, actor: Account, reason: str = "") -> Town:
    """Serve a suspended town again. Raises WrongStateError."""
    return _move(
        town,
        moves=(TownState.SUSPENDED, TownState.OPEN),
        action=TownAction.REOPENED,
        actor=actor,
        reason=reason.strip(),
    )


@transaction.atomic
def _move(
    town: Town,
    *,
    moves: tuple[TownState, TownState],
    action: TownAction,
    actor: Account,
    reason: str,
) -> Town:
    start, end = moves
    locked = Town.objects.select_for_update(of=("self",)).get(pk=town.pk)
    if locked.state != start or locked.is_public:
        raise WrongStateError
    locked.state = end
    locked.save(update_fields=["state"])
    record(
        actor=actor,
        action=action,
        target=locked,
        old={"state": start.value},
        new={"state": end.value},
        reason=reason,
    )
    return locked
