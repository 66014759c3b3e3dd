"""The page that asks once more before something is removed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def ask_first(
    request: HttpRequest,
    *,
    title: str,
    text: str,
    button: str,
    back: str,
    back_text: object,
) -> HttpResponse:
    """Say what will happen, with a button that does it and a way back.

    The button sends the form to the same address: nothing is removed by a link.
    """
    context = {
        "title": title,
        "text": text,
        "button": button,
        "back": back,
        "back_text": back_text,
        "keep": _("Keep it as it is"),
    }
    return render(request, "families/confirm.html", context)
