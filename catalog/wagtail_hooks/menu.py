"""The part "Catalogue" of the menu, and the addresses of our own pages."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from catalog.wagtail_hooks.activities import ActivityViewSet, SharedPlacesViewSet
from catalog.wagtail_hooks.calendar import ClosureViewSet, PeriodViewSet
from catalog.wagtail_hooks.proof_types import ProofTypeViewSet
from catalog.wagtail_hooks.services import ServiceViewSet
from catalog.wagtail_hooks.sessions import SessionViewSet

MENU_HOOK = "register_catalogue_menu_item"


class CatalogueGroup(ViewSetGroup):
    """What the town offers, in the order in which it is set up."""

    menu_label = _("Catalogue")
    menu_name = "catalogue"
    menu_icon = "list-ul"
    menu_order = 400
    items = (
        ServiceViewSet,
        ActivityViewSet,
        SessionViewSet,
        SharedPlacesViewSet,
        ProofTypeViewSet,
        PeriodViewSet,
        ClosureViewSet,
    )
    submenu_hook = MENU_HOOK


class PermittedMenuItem(MenuItem):
    """An entry for those who may use it."""

    permission = "catalog.change_tariff"

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the account's rights."""
        return bool(request.user.has_perm(self.permission))


@hooks.register("register_admin_viewset")
def catalogue() -> ViewSetGroup:
    """Add the lists and forms."""
    return CatalogueGroup()


@hooks.register("register_admin_urls")
def our_pages() -> list[URLPattern | URLResolver]:
    """Add the pages that Wagtail has no list or form for."""
    return [path("catalogue/", include("catalog.views.staff.urls"))]


@hooks.register(MENU_HOOK)
def tariffs() -> MenuItem:
    """Lead to the tariffs, between the activities and their sessions."""
    return PermittedMenuItem(
        _("Tariffs"),
        reverse("catalog_staff:tariffs"),
        name="tariffs",
        icon_name="tag",
        order=2,
    )
