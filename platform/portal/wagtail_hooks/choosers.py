"""Choosers of pages and pictures that start without inline script.

Wagtail writes a script beside each of them, which our policy refuses. The same
facts go in attributes, and `backoffice.js` reads them.
"""

import json
from typing import Any

from django.utils.html import format_html
from wagtail.admin.widgets.chooser import BaseChooser


def render(
    self: Any,
    name: str,
    value: Any,
    attrs: dict[str, Any] | None = None,
    renderer: Any = None,
) -> str:
    """Draw the chooser and leave its options to the script."""
    id_ = (attrs or {})["id"]
    chosen = self.get_value_data(value)
    return format_html(
        '{}<span hidden data-bo-start="chooser" data-bo-for="{}" data-bo-class="{}"'
        ' data-bo-options="{}"></span>',
        self.render_html(name, chosen, attrs),
        id_,
        self.js_constructor,
        json.dumps(self.get_js_init_options(id_, name, chosen)),
    )


BaseChooser.render = render
