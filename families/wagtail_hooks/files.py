"""The search of families and their files, in the back office."""

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from families.policies import may_see_families
from families.views.staff import files
from families.wagtail_hooks.menu import MENU_HOOK
from foundation.backoffice.menus import AllowedMenuItem

urls = [
    path("", files.search, name="search"),
    path("<uuid:public_id>/", files.file, name="file"),
]


@hooks.register("register_admin_urls")
def our_pages() -> list[URLPattern | URLResolver]:
    """Put the files under the families."""
    return [path("families/files/", include((urls, "families_staff")))]


@hooks.register(MENU_HOOK)
def search_entry() -> MenuItem:
    """Lead to the search first."""
    return AllowedMenuItem(
        _("Find a family"),
        reverse_lazy("families_staff:search"),
        name="find-a-family",
        icon_name="search",
        order=10,
        may=may_see_families,
    )
