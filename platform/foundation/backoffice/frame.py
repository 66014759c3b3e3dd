"""Draw a staff page of our own inside Wagtail's frame."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.spreadsheets import write_csv


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

    `trail` holds the name and the address of the pages above this one.
    """
    steps = [(_("Home"), reverse("wagtailadmin_home")), *(trail or []), (title, "")]
    frame = {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [{"label": text, "url": url} for text, url in steps],
    }
    return render(request, template, {**frame, **context}, status=status)


def ask_first(
    request: HttpRequest,
    *,
    title: object,
    text: object,
    button: object,
    trail: list[tuple[object, str]],
    icon: str = "",
) -> HttpResponse:
    """Ask before what cannot be undone; the same address, by POST, does it.

    `text` says what ends and for whom. The last page of `trail` is the way out.
    """
    return staff_page(
        request,
        "backoffice/confirm.html",
        title=title,
        trail=trail,
        icon=icon,
        text=text,
        button=button,
        keep=trail[-1][1],
    )


def table_to_take_away(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Answer with rows as a spreadsheet, `name` without its extension."""
    answer = HttpResponse(write_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
