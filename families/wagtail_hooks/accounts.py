"""Accounts of families and the terms they accept, in the back office."""

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from families.policies import may_write_terms
from families.views.staff import accounts, terms
from families.wagtail_hooks.menu import MENU_HOOK
from foundation.backoffice.menus import AllowedMenuItem

account_urls = [
    path(
        "<uuid:public_id>/adults/<uuid:person>/account/",
        accounts.account,
        name="account",
    ),
]
terms_urls = [
    path("", terms.index, name="index"),
    path("publish/", terms.publish, name="publish"),
    path("<uuid:public_id>/", terms.version, name="version"),
]


@hooks.register("register_admin_urls")
def our_pages() -> list[URLPattern | URLResolver]:
    """Put the account under its household, and the terms under the families."""
    return [
        path("households/", include((account_urls, "families_accounts"))),
        path("families/terms/", include((terms_urls, "families_terms"))),
    ]


@hooks.register(MENU_HOOK)
def terms_entry() -> MenuItem:
    """Lead to the terms, for who may write them."""
    return AllowedMenuItem(
        _("Terms of use"),
        reverse_lazy("families_terms:index"),
        name="terms",
        icon_name="doc-full",
        order=800,
        may=may_write_terms,
    )
