"""Boxes for days and hours in the staff's forms: the browser's own.

Wagtail's chooser reads one order of day, month and year only, and replaces what it
cannot read by today, without a word: 17/06/2027 became the day of the typing. The
browser's box is in the person's own order, works on a telephone, and loses nothing.
"""

from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms.models import register_form_field_override


def day_box(**attrs: Any) -> forms.DateInput:
    """Return a box for a day."""
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


def hour_box(**attrs: Any) -> forms.TimeInput:
    """Return a box for an hour, to the minute."""
    return forms.TimeInput(attrs={"type": "time", **attrs}, format="%H:%M")


def moment_box(**attrs: Any) -> forms.DateTimeInput:
    """Return a box for a day and an hour."""
    return forms.DateTimeInput(
        attrs={"type": "datetime-local", **attrs}, format="%Y-%m-%dT%H:%M"
    )


def use_browser_boxes() -> None:
    """Give these boxes to every form made from a record."""
    for record_field, box in (
        (models.DateField, day_box),
        (models.TimeField, hour_box),
        (models.DateTimeField, moment_box),
    ):
        register_form_field_override(record_field, override={"widget": box()})
