"""Changes by families: the queue, the yearly review, and the town's rules."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from families.policies import may_read_file_rules, may_review_changes
from families.queries.changes import count_changes
from families.views import staff_changes
from families.wagtail_hooks.menu import MENU_HOOK
from foundation.accounts.models import Account
from foundation.backoffice.menus import AllowedMenuItem
from foundation.backoffice.waiting import HOOK, WaitingWork
from tenants.townhall.queries import scope_of

CHANGE = "<uuid:public_id>/"
urls = (
    [
        path("", staff_changes.queue, name="changes"),
        path("rules/", staff_changes.rules, name="rules"),
        path("reviews/", staff_changes.reviews, name="reviews"),
        path(CHANGE, staff_changes.change, name="change"),
        path(f"{CHANGE}decide/", staff_changes.decide, name="decide"),
        path(
            f"{CHANGE}documents/<uuid:document_id>/",
            staff_changes.document,
            name="document",
        ),
    ],
    "families_changes",
)


class ChangesMenuItem(MenuItem):
    """The queue, for those who decide."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to clerks who review changes."""
        account = request.user
        return isinstance(account, Account) and may_review_changes(account)


class RulesMenuItem(MenuItem):
    """The rules of the files, among the settings."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who read the rules."""
        account = request.user
        return isinstance(account, Account) and may_read_file_rules(account)


@hooks.register("register_admin_urls")
def register_change_urls() -> Sequence[URLPattern | URLResolver]:
    """Put the screens under the back office."""
    return [path("changes/", include(urls))]


@hooks.register("register_admin_menu_item")
def register_changes_menu_item() -> Any:
    """Show the queue after the requests."""
    return ChangesMenuItem(
        pgettext_lazy("menu", "Changes"),
        reverse_lazy("families_changes:changes"),
        name="family-changes",
        icon_name="edit",
        order=52,
    )


@hooks.register(MENU_HOOK)
def reviews_entry() -> MenuItem:
    """Lead to the families that did not confirm their file."""
    return AllowedMenuItem(
        gettext_lazy("Files to review"),
        reverse_lazy("families_changes:reviews"),
        name="file-reviews",
        icon_name="check",
        order=400,
        may=may_review_changes,
    )


@hooks.register("register_settings_menu_item")
def register_rules_menu_item() -> Any:
    """Show the rules with the other settings."""
    return RulesMenuItem(
        gettext_lazy("Rules of the families' files"),
        reverse_lazy("families_changes:rules"),
        name="file-rules",
        icon_name="edit",
        order=230,
    )


@hooks.register(HOOK)
def changes_to_decide(request: HttpRequest) -> list[WaitingWork]:
    """Count the changes that wait, and those that are late."""
    account = request.user
    if not (isinstance(account, Account) and may_review_changes(account)):
        return []
    waiting, late = count_changes(scope_of(account), now=timezone.now())
    works = [_work(_("changes of files to check"), waiting, order=20)]
    if late:
        said = _("changes of files past the time promised")
        works.append(_work(said, late, icon="warning", order=5))
    return works


def _work(text: str, count: int, *, order: int, icon: str = "edit") -> WaitingWork:
    address = str(reverse_lazy("families_changes:changes"))
    return WaitingWork(text, address, count=count, icon=icon, order=order)
