"""The menus, in the order in which clerks work."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

# What an application registers under these names comes in this order; a name that is
# not here keeps the order it asked for.
ORDER = {
    "requests": 100,
    "waiting-lists": 110,
    "family-changes": 150,
    "bookings": 200,
    "day-list": 210,
    "families": 250,
    "billing": 300,
    "catalogue": 400,
    "explorer": 500,
    "images": 510,
    "documents": 520,
    "reports": 900,
    "settings": 10000,
}
# A town has one site, no locales and no approval of pages; Wagtail's own news and
# guide lead out of the product.
HIDDEN_SETTINGS = {"sites", "locales", "workflows", "workflow-tasks", "collections"}


@hooks.register("construct_main_menu")
def order_menu(request: HttpRequest, menu_items: list[Any]) -> None:
    """Put the parts in the order of work, without Wagtail's help menu."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
    for item in menu_items:
        item.order = ORDER.get(item.name, item.order)
        if item.name == "settings":
            _forget_version(item)


@hooks.register("construct_settings_menu")
def hide_settings(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave what a town decides itself."""
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_SETTINGS]


def _forget_version(item: Any) -> None:
    """Draw the settings as any other menu: Wagtail prints its version under them."""
    if hasattr(item, "_plain"):
        return
    from wagtail.admin.menu import SubmenuMenuItem  # noqa: PLC0415 - needs the registry.

    item.render_component = lambda request: SubmenuMenuItem.render_component(
        item, request
    )
    item._plain = True  # noqa: SLF001 - our own mark.
