"""Panels of staff forms that Wagtail does not have."""

from typing import Any

from wagtail.admin.panels import InlinePanel

from foundation.backoffice.rows import RowFormSet


class RowsPanel(InlinePanel):
    """Rows inside a form, whose form or formset class can be chosen."""

    def __init__(
        self,
        relation_name: str,
        *,
        form: Any = None,
        formset: type[RowFormSet] = RowFormSet,
        **kwargs: Any,
    ) -> None:
        super().__init__(relation_name, **kwargs)
        self.row_form = form
        self.row_formset = formset

    def clone_kwargs(self) -> dict[str, Any]:
        """Keep our own arguments when Wagtail binds the panel."""
        kwargs: dict[str, Any] = super().clone_kwargs()
        return {**kwargs, "form": self.row_form, "formset": self.row_formset}

    def get_form_options(self) -> dict[str, Any]:
        """Give the classes to the formset that is made."""
        options: dict[str, Any] = super().get_form_options()
        about = options["formsets"][self.relation_name]
        if self.row_form is not None:
            about["form"] = self.row_form
        about["formset"] = self.row_formset
        return options
