"""The demo's mailbox: every message that the demo has sent, for who tries it out."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from foundation.access import open_to_all
from foundation.post.mailbox import (
    StoredLetter,
    find_letter,
    letter_files,
    read_letter,
)
from tenants.models import Town

ON_A_PAGE = 30

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """Answer 404 outside a demo, as if the page had never been written."""

    @wraps(view)
    def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **arguments)

    return guarded


@open_to_all
@demo_only
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """List the messages, newest first."""
    page = Paginator(letter_files(), ON_A_PAGE).get_page(request.GET.get("page"))
    letters = [read_letter(path) for path in page]
    names = _senders(letters)
    about = {
        "page": page,
        "letters": [(each, names.get(each.schema, "Préau")) for each in letters],
    }
    return render(request, "public/mailbox.html", about)


@open_to_all
@demo_only
@require_safe
def message(request: HttpRequest, name: UUID) -> HttpResponse:
    """Show one message as text, its links ready to follow."""
    letter = find_letter(name)
    if letter is None:
        raise Http404
    about = {
        "letter": letter,
        "town": _senders([letter]).get(letter.schema, "Préau"),
        "formatted": _as_text(letter.html),
    }
    return render(request, "public/message.html", about)


def _senders(letters: Iterable[StoredLetter]) -> dict[str, str]:
    """Return the names of the towns that sent these messages, by schema."""
    schemas = {letter.schema for letter in letters}
    towns = Town.objects.towns().filter(schema_name__in=schemas)
    return dict(towns.values_list("schema_name", "name"))


def _as_text(html: str) -> str:
    """Return the words of the formatted part: no image and no style of a message."""
    body = html.partition("<body")[2].partition(">")[2] or html
    lines = (line.strip() for line in strip_tags(body).splitlines())
    return "\n".join(line for line in lines if line)
