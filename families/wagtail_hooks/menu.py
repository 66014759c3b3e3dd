"""The part "Families" of the menu; each screen adds its own entry under the hook."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

MENU_HOOK = "register_families_menu_item"


@hooks.register("register_admin_menu_item")
def families() -> MenuItem:
    """Show the families' screens as one part of the menu, if any may be used."""
    return SubmenuMenuItem(
        _("Families"),
        Menu(register_hook_name=MENU_HOOK),
        name="families",
        icon_name="group",
        order=150,
    )
