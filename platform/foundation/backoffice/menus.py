"""Entries of the back office's menu that only show to those who may use them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from foundation.accounts.models import Account


class AllowedMenuItem(MenuItem):
    """An entry shown to clerks of a policy."""

    def __init__(
        self, *args: Any, may: Callable[[Account], bool], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.may = may

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        account = request.user
        return isinstance(account, Account) and self.may(account)
