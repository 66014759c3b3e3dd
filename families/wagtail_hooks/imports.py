"""Imports of families in the back office."""

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from families.policies import may_import_families
from families.views.staff import imports
from families.wagtail_hooks.menu import MENU_HOOK
from foundation.backoffice.menus import AllowedMenuItem

ONE = "<uuid:public_id>/"

urls = [
    path("", imports.import_list, name="imports"),
    path("new/", imports.import_new, name="import-new"),
    path("empty/<slug:sheet>/", imports.import_template, name="import-template"),
    path(ONE, imports.import_page, name="import"),
    path(f"{ONE}take/", imports.import_take, name="import-take"),
    path(f"{ONE}give-up/", imports.import_give_up, name="import-give-up"),
    path(f"{ONE}problems/", imports.import_problems, name="import-problems"),
]


@hooks.register("register_admin_urls")
def our_pages() -> list[URLPattern | URLResolver]:
    """Put the imports under the families."""
    return [path("families/imports/", include((urls, "families_import")))]


@hooks.register(MENU_HOOK)
def imports_entry() -> MenuItem:
    """Lead to the imports, for who may bring families."""
    return AllowedMenuItem(
        _("Imports"),
        reverse_lazy("families_import:imports"),
        name="imports",
        icon_name="upload",
        order=900,
        may=may_import_families,
    )
