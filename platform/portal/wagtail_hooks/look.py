"""Préau's colours in Wagtail's frame."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def our_styles() -> str:
    """Add our sheet after Wagtail's."""
    return format_html(
        '<link rel="stylesheet" href="{}">', static("backoffice/backoffice.css")
    )


@hooks.register("insert_global_admin_js")
def our_scripts() -> str:
    """Add the little script that hides what a choice makes useless."""
    return format_html(
        '<script src="{}" defer></script>', static("backoffice/backoffice.js")
    )
