"""Records entered twice, in the back office."""

from collections.abc import Sequence

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from families.policies import may_keep_households
from families.views.staff import duplicates
from families.wagtail_hooks.menu import MENU_HOOK
from foundation.backoffice.menus import AllowedMenuItem

PAIR = "<slug:kind>/<uuid:first>/<uuid:second>/"

urls = [
    path("", duplicates.duplicates, name="duplicates"),
    path("with/<uuid:public_id>/", duplicates.merge_with, name="with"),
    path(PAIR, duplicates.compared, name="compared"),
    path(f"{PAIR}apart/", duplicates.told_apart, name="apart"),
]


@hooks.register("register_admin_urls")
def duplicate_pages() -> Sequence[URLPattern | URLResolver]:
    """Put the pages under the families."""
    return [path("families/duplicates/", include((urls, "families_duplicates")))]


@hooks.register(MENU_HOOK)
def duplicates_entry() -> MenuItem:
    """Lead to the pairs that look the same."""
    return AllowedMenuItem(
        _("Duplicates"),
        reverse_lazy("families_duplicates:duplicates"),
        name="duplicates",
        icon_name="copy",
        order=500,
        may=may_keep_households,
    )
