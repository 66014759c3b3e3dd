"""Codes made from names, so that nobody has to invent one."""

from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

LONGEST = 50


class CodeFromName(WagtailAdminModelForm):
    """Makes the code of a new record from its name when it is left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].required = False
            self.fields["code"].help_text = _(
                "A short name without spaces. Leave it empty: the name makes it."
            )

    def _post_clean(self) -> None:
        """Fill the code before the record is checked."""
        name = self.cleaned_data.get("name")
        if not self.cleaned_data.get("code") and name and "code" in self.fields:
            self.cleaned_data["code"] = free_code(
                slugify(name)[:LONGEST].strip("-") or "code", self._others()
            )
        super()._post_clean()

    def _others(self) -> models.QuerySet[Any]:
        model = self._meta.model
        others: models.QuerySet[Any] = model._default_manager.exclude(  # noqa: SLF001 - public in practice.
            pk=self.instance.pk
        )
        return others


def free_code(wished: str, others: models.QuerySet[Any]) -> str:
    """Return the code wished, or the first numbered one that nobody has."""
    taken = set(others.filter(code__startswith=wished).values_list("code", flat=True))
    codes = (wished, *(f"{wished}-{number}" for number in range(2, 1000)))
    return next(code for code in codes if code not in taken)
