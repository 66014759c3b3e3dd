"""Families that ask to be erased, and copies made for people, in the back office."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from families.models import ErasureRequest
from families.policies import may_erase_data
from families.views.staff import copies, erasure
from families.wagtail_hooks.menu import MENU_HOOK
from foundation.accounts.models import Account
from foundation.backoffice.menus import AllowedMenuItem
from foundation.backoffice.waiting import HOOK, WaitingWork

REQUEST = "<uuid:public_id>/"
ADULT = "<uuid:public_id>/adults/<uuid:person>/"
erasure_urls = [
    path("", erasure.request_list, name="requests"),
    path(REQUEST, erasure.request_page, name="request"),
    path(f"{REQUEST}accept/", erasure.accept, name="accept"),
    path(f"{REQUEST}refuse/", erasure.refuse, name="refuse"),
]
copy_urls = [
    path(f"{ADULT}copy/", copies.copy_for, name="copy"),
    path(f"{ADULT}copy/file/", copies.copy_file, name="file"),
]


@hooks.register("register_admin_urls")
def our_pages() -> list[URLPattern | URLResolver]:
    """Put requests under the families, and a copy under its household."""
    return [
        path("families/erasure/", include((erasure_urls, "families_erasure"))),
        path("households/", include((copy_urls, "families_copies"))),
    ]


@hooks.register(MENU_HOOK)
def requests_entry() -> MenuItem:
    """Lead to the requests, beside the table."""
    return AllowedMenuItem(
        _("Families to erase"),
        reverse_lazy("families_erasure:requests"),
        name="erasure-requests",
        icon_name="bin",
        order=890,
        may=may_erase_data,
    )


@hooks.register(HOOK)
def erasures_to_decide(request: HttpRequest) -> list[WaitingWork]:
    """Count the families that wait for an answer."""
    account = request.user
    if not (isinstance(account, Account) and may_erase_data(account)):
        return []
    count = ErasureRequest.objects.waiting().count()
    if not count:
        return []
    where = reverse("families_erasure:requests")
    said = _("families that ask to be erased")
    return [WaitingWork(said, where, count=count, icon="bin", order=30)]
