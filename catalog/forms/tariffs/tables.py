"""Prices by code: what a table may be by, and what its codes are called."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.domain.pasted import plain_name
from catalog.enums import Variant
from catalog.services.price_names import CODES, REASONS

#: What parts the cells of a line: a name that holds one is written as its code.
_MARKS = "\t;|"


#: What a table may be by, in the words of the boxes above it.
TABLES_BY = [
    ("residence", _("Residence")),
    ("regime", _("Family allowances")),
    ("period_kind", _("Time of the year")),
    ("weekday", _("Days of the week")),
    ("booking", _("When the family")),
    ("variant", _("Special case")),
    ("situation", _("Situation")),
]


def names_of_codes(by: str, situations: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the names of the codes of a table, in the reader's language."""
    if by == "variant":
        found: Iterable[tuple[str, Any]] = Variant.choices
    elif by == "situation":
        found = situations
    else:
        known = {**CODES, **REASONS}
        found = [(code, label) for (fact, code), label in known.items() if fact == by]
    named = {code: str(label) for code, label in found}
    return {code: name for code, name in named.items() if _may_be_written(name)}


def codes_of_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return the code of each name, as names are compared."""
    return {plain_name(name): code for code, name in names.items()}


def _may_be_written(name: str) -> bool:
    return not any(mark in name for mark in _MARKS)
