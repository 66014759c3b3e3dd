"""Requests for file numbers and linked accounts in the back office."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from families.models import FileRequest
from families.policies import may_answer_file_requests, may_unlink_accounts
from families.views.staff import file_requests, links
from families.wagtail_hooks.menu import MENU_HOOK
from foundation.accounts.models import Account
from foundation.backoffice.menus import AllowedMenuItem
from foundation.backoffice.waiting import HOOK, WaitingWork

ONE = "<uuid:public_id>/"

request_urls = [
    path("", file_requests.request_list, name="requests"),
    path(ONE, file_requests.request_page, name="request"),
    path(f"{ONE}accept/", file_requests.request_accept, name="request-accept"),
    path(f"{ONE}refuse/", file_requests.request_refuse, name="request-refuse"),
]
link_urls = [
    path("", links.link_list, name="links"),
    path(f"{ONE}undo/", links.link_undo, name="link-undo"),
]


@hooks.register("register_admin_urls")
def our_pages() -> list[URLPattern | URLResolver]:
    """Put the screens under the families."""
    return [
        path("families/file-requests/", include((request_urls, "families_requests"))),
        path("families/links/", include((link_urls, "families_links"))),
    ]


@hooks.register(MENU_HOOK)
def requests_entry() -> MenuItem:
    """Lead to the requests for file numbers."""
    return AllowedMenuItem(
        _("File numbers asked for"),
        reverse_lazy("families_requests:requests"),
        name="file-requests",
        icon_name="mail",
        order=300,
        may=may_answer_file_requests,
    )


@hooks.register(MENU_HOOK)
def links_entry() -> MenuItem:
    """Lead to the linked accounts."""
    return AllowedMenuItem(
        _("Linked accounts"),
        reverse_lazy("families_links:links"),
        name="linked-accounts",
        icon_name="link",
        order=310,
        may=may_unlink_accounts,
    )


@hooks.register(HOOK)
def numbers_to_give(request: HttpRequest) -> list[WaitingWork]:
    """Remind clerks of the families that wait for a number."""
    account = request.user
    if not (isinstance(account, Account) and may_answer_file_requests(account)):
        return []
    return [
        WaitingWork(
            _("file numbers asked for"),
            reverse("families_requests:requests"),
            count=FileRequest.objects.waiting().count(),
            icon="mail",
            order=150,
        )
    ]
