"""Plain Django forms in Préau's markup: hint and error tied to their field.

`FORM_RENDERER` points here, so a form needs no base class, no mixin and no helper.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from foundation.ui.widgets import DateFieldsInput

# The first match wins: the order goes from the particular to the general.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateFieldsInput, "date"),
    (forms.CheckboxInput, "checkbox"),
    (forms.RadioSelect, "choices"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.widgets.Input, "input"),
)
CONTROL_CLASSES = {
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "textarea": "govuk-textarea",
    "password": "govuk-input",
    "input": "govuk-input",
}

# The button that shows the password finds its input by these.
REVEAL_CLASSES = "govuk-password-input__input govuk-js-password-input-input"


@dataclass(frozen=True)
class Option:
    """One radio or checkbox of a group."""

    id: str
    type: str
    name: str
    value: Any
    label: Any
    hint: str
    attrs: SafeString


class PreauBoundField(BoundField):
    """A field that knows which control draws it and where its error leads."""

    heading = False  # Set by `{% field %}`: the label is then the page's h1.

    @property
    def kind(self) -> str:
        """The control that draws the field: the name of a template."""
        widget = self.field.widget
        return next((kind for cls, kind in KINDS if isinstance(widget, cls)), "other")

    @property
    def control_template(self) -> str:
        kind = "input" if self.kind in {"select", "textarea"} else self.kind
        return f"ui/controls/{kind}.html"

    @property
    def first_id(self) -> str:
        """The id an error leads to: the first control of a group."""
        id_ = self.field.widget.attrs.get("id") or self.auto_id
        if self.kind == "choices":
            return f"{id_}_0"
        return self.id_for_label or id_

    @property
    def is_optional(self) -> bool:
        """Say "optional", unless the form is made of optional fields only."""
        says_so = getattr(self.form, "mark_optional", True)
        # A field whose form decides what lacks says whether it is asked for.
        is_asked = getattr(self.field, "is_asked", self.field.required)
        return says_so and not is_asked and self.kind != "checkbox"

    @property
    def options(self) -> list[Option]:
        """The choices of a radio or checkbox group."""
        return [_option(widget.data) for widget in self.subwidgets]

    @property
    def choice_block(self) -> str:
        many = isinstance(self.field.widget, forms.CheckboxSelectMultiple)
        return "checkboxes" if many else "radios"

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Add the control's classes to those the widget was given."""
        built = super().build_widget_attrs(attrs, widget)
        base = CONTROL_CLASSES.get(self.kind)
        if base is not None:
            given = built.get("class") or self.field.widget.attrs.get("class", "")
            names = [base, str(given)]
            if self.kind == "password":
                names.append(REVEAL_CLASSES)
            if self.errors:
                names.append(f"{base}--error")
            built["class"] = " ".join(name for name in names if name)
        return built


class PreauRenderer(DjangoTemplates):
    """Draws every form of the site; `as_field_group` included."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = PreauBoundField


class BirthDateField(forms.DateField):
    """A date that a person knows by heart, typed in three boxes."""

    widget = DateFieldsInput
    default_error_messages = {
        "invalid": _("Enter a real date, like 27 3 2016."),
    }


def error_links(checked: Iterable[Any]) -> Iterator[dict[str, str]]:
    """Yield `label`, `text` and `href` for each error of forms and formsets."""
    for form in checked:
        if isinstance(form, forms.BaseFormSet):
            for error in form.non_form_errors():
                yield {"label": "", "text": str(error), "href": ""}
            yield from error_links(form.forms)
        else:
            yield from _errors_of(form)


def _errors_of(form: forms.BaseForm) -> Iterator[dict[str, str]]:
    for name, errors in form.errors.items():
        label = href = ""
        if name != NON_FIELD_ERRORS:
            bound = form[name]
            label = str(bound.label)
            if not bound.is_hidden:
                href = "#" + getattr(bound, "first_id", bound.id_for_label)
        for error in errors:
            yield {"label": label, "text": str(error), "href": href}


def _option(data: dict[str, Any]) -> Option:
    # A radio may not be "invalid": its fieldset carries the message.
    known = {"id", "class", "aria-invalid"}
    attrs = {key: val for key, val in data["attrs"].items() if key not in known}
    return Option(
        id=data["attrs"].get("id", ""),
        type=data["type"],
        name=data["name"],
        value=data["value"],
        label=data["label"],
        hint=getattr(data["label"], "hint", ""),
        attrs=flatatt(attrs),
    )
