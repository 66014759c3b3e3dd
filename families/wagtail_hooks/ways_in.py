"""Accounts, letters and the counter in the back office."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from families.policies import may_act_for_households, may_open_accounts
from families.queries.counter import open_visits
from families.views.staff import counter, letters, ways_in
from families.wagtail_hooks.menu import MENU_HOOK
from foundation.accounts.models import Account
from foundation.backoffice.menus import AllowedMenuItem
from foundation.backoffice.waiting import HOOK, WaitingWork

ONE = "<uuid:public_id>/"

ways_in_urls = [
    path("letters/", letters.letters, name="letters"),
    path(f"letters/{ONE}file/", letters.letters_file, name="letters-file"),
    path(f"letters/{ONE}remove/", letters.letters_remove, name="letters-remove"),
    path(ONE, ways_in.accounts, name="accounts"),
    path(f"{ONE}letter/", ways_in.letter, name="letter"),
    path(f"{ONE}code/end/", ways_in.code_revoke, name="code-revoke"),
    path(f"{ONE}<uuid:person>/", ways_in.account_open, name="open"),
]
counter_urls = [
    path("new/", counter.new_family, name="new"),
    path("finish/", counter.finish, name="finish"),
    path(f"{ONE}start/", counter.start, name="start"),
    path(f"visits/{ONE}", counter.visit, name="visit"),
    path(f"visits/{ONE}recap/", counter.recap, name="recap"),
]


@hooks.register("register_admin_urls")
def our_pages() -> list[URLPattern | URLResolver]:
    """Put both under the families."""
    return [
        path("families/ways-in/", include((ways_in_urls, "families_ways_in"))),
        path("families/counter/", include((counter_urls, "families_counter"))),
    ]


@hooks.register(HOOK)
def unfinished_visits(request: HttpRequest) -> list[WaitingWork]:
    """Remind a clerk of the family they still act for."""
    account = request.user
    if not (isinstance(account, Account) and may_act_for_households(account)):
        return []
    return [
        WaitingWork(
            _("You still act for a family at the counter"),
            reverse("families_counter:visit", args=[each.public_id]),
            hint=each.household.file_number,
            icon="warning",
            order=1,
        )
        for each in open_visits(account)
    ]


@hooks.register(MENU_HOOK)
def new_family_entry() -> MenuItem:
    """Lead to a new file, for who may act at the counter."""
    return AllowedMenuItem(
        _("New family at the counter"),
        reverse_lazy("families_counter:new"),
        name="counter",
        icon_name="plus",
        order=200,
        may=may_act_for_households,
    )


@hooks.register(MENU_HOOK)
def letters_entry() -> MenuItem:
    """Lead to the letters, for who may open accounts."""
    return AllowedMenuItem(
        _("Letters to families"),
        reverse_lazy("families_ways_in:letters"),
        name="letters",
        icon_name="mail",
        order=800,
        may=may_open_accounts,
    )
