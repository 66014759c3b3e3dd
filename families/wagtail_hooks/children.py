"""Children in the back office: their files, and the move of classes."""

from collections.abc import Sequence

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from families.policies import may_move_classes
from families.views.staff import children, classes, expected
from families.wagtail_hooks.menu import MENU_HOOK
from foundation.backoffice.menus import AllowedMenuItem

ONE = "<uuid:public_id>/"

child_urls = [
    path(ONE, children.child, name="child"),
    path(f"{ONE}birth/", expected.birth, name="birth"),
    path(f"{ONE}expected/", expected.expected, name="expected"),
    path(f"{ONE}identity/", children.identity, name="identity"),
    path(f"{ONE}insurance/", children.insurance, name="insurance"),
    path(f"{ONE}health/", children.health, name="health"),
    path(f"{ONE}photo/", children.photo, name="photo"),
]
class_urls = [
    path("", classes.classes, name="classes"),
    path("move/", classes.classes_move, name="move"),
    path(f"{ONE}undo/", classes.classes_undo, name="undo"),
]


@hooks.register("register_admin_urls")
def child_pages() -> Sequence[URLPattern | URLResolver]:
    """Put the pages under the back office."""
    return [
        path("children/", include((child_urls, "children_staff"))),
        path("classes/", include((class_urls, "classes_staff"))),
    ]


@hooks.register(MENU_HOOK)
def classes_entry() -> MenuItem:
    """Lead to the move of classes."""
    return AllowedMenuItem(
        _("Classes"),
        reverse_lazy("classes_staff:classes"),
        name="classes",
        icon_name="order",
        order=800,
        may=may_move_classes,
    )
