"""Draw a staff page of our own inside Wagtail's frame."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _


def staff_page(
    request: HttpRequest,
    template: str,
    *,
    title: object,
    trail: list[tuple[object, str]] | None = None,
    icon: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render `template`, which extends `backoffice/page.html`.

    `trail` holds the name and the address of the pages above this one; the last of
    them is the way back that the page shows.
    """
    steps = [(_("Home"), reverse("wagtailadmin_home")), *(trail or []), (title, "")]
    frame = {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "way_back": trail[-1] if trail else None,
        "breadcrumbs_items": [{"label": text, "url": url} for text, url in steps],
    }
    return render(request, template, {**frame, **context}, status=status)
