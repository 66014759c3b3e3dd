"""Who may change what belongs to the whole town."""

from collections.abc import Callable

from foundation.accounts.models import Account
from tenants.townhall.queries import scope_of


def sees_whole_town(account: Account) -> bool:
    """Tell whether a clerk works for all departments and all schools."""
    return account.is_superuser or scope_of(account).is_everything


def may_change_settings(account: Account) -> bool:
    """Let who may change the town's settings, and sees the whole town, write them."""
    return holds_for_whole_town("townhall.change_townsettings")(account)


def holds_for_whole_town(permission: str) -> Callable[[Account], bool]:
    """Return the policy of those who hold a permission and see the whole town."""

    def may(account: Account) -> bool:
        is_allowed = account.is_active and account.has_perm(permission)
        return is_allowed and sees_whole_town(account)

    return may
