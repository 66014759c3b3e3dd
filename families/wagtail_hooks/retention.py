"""What is kept, how long, and its erasure, in the back office."""

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from families.policies import may_erase_data
from families.views.staff import retention
from families.wagtail_hooks.menu import MENU_HOOK
from foundation.backoffice.menus import AllowedMenuItem

urls = [
    path("", retention.retention, name="retention"),
    path("period/", retention.period, name="period"),
    path("run/", retention.run, name="run"),
    path("families.csv", retention.families_csv, name="families"),
]


@hooks.register("register_admin_urls")
def our_pages() -> list[URLPattern | URLResolver]:
    """Put the table under the families."""
    return [path("families/retention/", include((urls, "families_retention")))]


@hooks.register(MENU_HOOK)
def retention_entry() -> MenuItem:
    """Lead to the table, last."""
    return AllowedMenuItem(
        _("Data kept and erased"),
        reverse_lazy("families_retention:retention"),
        name="retention",
        icon_name="bin",
        order=900,
        may=may_erase_data,
    )
