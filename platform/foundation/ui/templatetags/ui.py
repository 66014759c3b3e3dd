"""Tags and filters of every screen: `{% load ui %}`. See docs/ui.md."""

from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import Any

from babel import Locale
from django import forms, template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from foundation.days import format_date, format_interval
from foundation.money import Money, format_money
from foundation.periods import Period
from foundation.ui.forms import PreauBoundField, error_links
from foundation.ui.views import CHOICES, COOKIE

register = template.Library()

#: Tone of a message or a tag, and the icon that says it without colour.
TONE_ICONS = {
    "neutral": "dot",
    "info": "info",
    "success": "check",
    "warning": "warning",
    "danger": "cross",
    "pending": "clock",
}


@register.filter
def money(amount: Money | int | None, currency: str = "EUR") -> str:
    """Write an amount: `{{ invoice.total|money }}` or `{{ cents|money:"CAD" }}`."""
    if amount is None:
        return ""
    known = amount if isinstance(amount, Money) else Money(amount, currency)
    return format_money(known, get_language() or "en")


@register.filter
def day(value: date | None, style: str = "full") -> str:
    """Write a day in words: full, long, medium or short."""
    if not value:
        return ""
    return format_date(value, style, locale=_locale())


@register.filter
def month(value: date) -> str:
    """Write a month and its year: "September 2026"."""
    return format_date(value, "LLLL y", locale=_locale())


@register.simple_tag
def date_range(first: date | Period, last: date | None = None) -> str:
    """Write the first and the last day, or those of a Period."""
    if isinstance(first, Period):
        last = first.last
        first = first.start
    if last is None or last == first:
        return format_date(first, "long", locale=_locale())
    return format_interval(first, last, "yMMMd", locale=_locale())


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; without `label`, assistive tools skip it."""
    sprite = static("img/icons.svg")
    if label:
        return format_html(
            '<svg class="preau-icon" role="img" aria-label="{}" focusable="false">'
            '<use href="{}#{}"></use></svg>',
            label,
            sprite,
            name,
        )
    return format_html(
        '<svg class="preau-icon" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        sprite,
        name,
    )


@register.inclusion_tag("ui/status.html")
def status(text: str, tone: str = "neutral", icon: str = "") -> dict[str, str]:
    """Show a state: a word, an icon and a colour."""
    return {"text": text, "tone": tone, "icon": icon or TONE_ICONS[tone]}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*checked: Any) -> dict[str, Any]:
    """List the errors of forms and formsets, each leading to its field."""
    return {"errors": list(error_links(form for form in checked if form))}


@register.simple_tag
def field(bound: PreauBoundField, *, heading: bool = False) -> SafeString:
    """Draw a field; with `heading` its label is the h1 of the page."""
    bound.heading = heading
    return bound.as_field_group()


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Lead to the other pages, keeping the rest of the address."""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"request": context["request"], "page": page, "pages": pages, "name": name}


@register.simple_tag(takes_context=True)
def page_query(context: Context, number: int) -> str:
    """Return the current query with another page number."""
    query = context["request"].GET.copy()
    query[context["name"]] = number
    return str(query.urlencode())


@register.simple_tag
def checkbox_input(bound: PreauBoundField) -> SafeString:
    """Draw a single checkbox, with the classes its label is placed by."""
    return bound.as_widget(attrs={"class": "govuk-checkboxes__input"})


@register.simple_tag
def file_input(bound: PreauBoundField) -> SafeString:
    """Draw only the input: an earlier file is shown by the page, not the form."""
    widget = copy(bound.field.widget)
    widget.template_name = forms.FileInput.template_name
    return bound.as_widget(widget)


@register.simple_tag(takes_context=True)
def appearance(context: Context) -> str:
    """Return the visitor's choice: auto, light or dark."""
    request = context.get("request")
    chosen = request.COOKIES.get(COOKIE, "auto") if request else "auto"
    return chosen if chosen in CHOICES else "auto"


@register.simple_block_tag
def card(content: SafeString, **options: Any) -> SafeString:
    """Frame a subject: title, href, icon, tone, status, status_tone, meta."""
    return _block("card", content, options)


@register.simple_block_tag
def details(content: SafeString, **options: Any) -> SafeString:
    """Fold a text under `summary`; `open=True` shows it."""
    return _block("details", content, options)


@register.simple_block_tag
def inset(content: SafeString, **options: Any) -> SafeString:
    """Set a text apart from the page."""
    return _block("inset", content, options)


@register.simple_block_tag
def banner(content: SafeString, **options: Any) -> SafeString:
    """Show a message: tone, title."""
    return _block("notification_banner", content, options)


@register.simple_block_tag
def action_bar(content: SafeString, **options: Any) -> SafeString:
    """Keep totals and buttons at the foot of the screen: text, detail."""
    return _block("action_bar", content, options)


@register.filter
def tone_icon(tone: str) -> str:
    """Name the icon of a tone."""
    return TONE_ICONS.get(tone, "info")


@register.filter
def message_tone(level: str) -> str:
    """Translate a level of django.contrib.messages into a tone."""
    return {"error": "danger", "debug": "neutral"}.get(level, level or "info")


@register.filter
def initials(name: str) -> str:
    """Return one or two letters to stand for a person."""
    words = name.replace("-", " ").split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _block(name: str, content: SafeString, options: Mapping[str, Any]) -> SafeString:
    return render_to_string(f"ui/{name}.html", {**options, "content": content})


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))
