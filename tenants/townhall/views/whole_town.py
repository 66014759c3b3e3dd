"""Lists that belong to the whole town: every department uses what stands in them.

A clerk of some departments or schools reads them; who sees the whole town changes
them. The permission is needed besides, as anywhere.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from foundation.accounts.models import Account
from foundation.backoffice.viewsets import JournalledViewSet
from tenants.townhall.policies import sees_whole_town

READING = "view"
CHANGING = ("add", "change", "delete")


class WholeTownPolicy(ModelPermissionPolicy):
    """Reading for who holds any permission of the records; the rest, of all the town.

    Wagtail asks it for the menu, the lists, their buttons and every form.
    """

    def user_has_permission(self, user: Account | AnonymousUser, action: str) -> bool:
        """Say whether somebody may do something with these records."""
        if not isinstance(user, Account):
            return False
        if action == READING:
            return any(self._holds(user, each) for each in (READING, *CHANGING))
        return self._holds(user, action) and sees_whole_town(user)

    def user_has_any_permission(
        self, user: Account | AnonymousUser, actions: Any
    ) -> bool:
        """Say whether one of these things is allowed; reading is, wherever any is."""
        return any(self.user_has_permission(user, each) for each in actions)

    def _holds(self, user: Account, action: str) -> bool:
        return bool(super().user_has_permission(user, action))


class WholeTownViewSet(JournalledViewSet):
    """A list and its forms, changed by who sees the whole town."""

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        """Have Wagtail ask our policy about these records, wherever it asks."""
        policy = WholeTownPolicy(self.model)
        register_permission_policy(self.model, policy, exact_class=True)
        super().__init__(name, **kwargs)
