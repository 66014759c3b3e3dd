"""Wagtail's lists and forms, limited to the part of the town a clerk sees.

What is out of scope answers as what does not exist, and is no choice of any form or
filter. The manager of a record says what is in scope, in `in_scope`.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import cached_property
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView

from foundation.access import Audience
from foundation.backoffice.viewsets import (
    JournalledCreateView,
    JournalledDeleteView,
    JournalledEditView,
    JournalledIndexView,
    JournalledViewSet,
)
from tenants.domain.scope import Scope
from tenants.townhall.queries import scope_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def limit_choices(form: forms.BaseForm, scope: Scope) -> None:
    """Offer only what is in scope, wherever a field chooses among records."""
    if scope.is_everything:
        return
    for field in form.fields.values():
        offered: Any = getattr(field, "queryset", None)
        if hasattr(offered, "in_scope"):
            field.queryset = offered.in_scope(scope)  # type: ignore[attr-defined] # A field of choices.


class _OfClerk:
    request: "HttpRequest"

    @property
    def scope(self) -> Scope:
        """What the clerk sees."""
        return scope_of(self.request.user)  # type: ignore[arg-type] # Signed in: a back-office page.


class _ScopedForm(_OfClerk):
    def get_form(self, form_class: Any = None) -> Any:
        """Limit the choices of the form, and of the rows inside it."""
        form = super().get_form(form_class)  # type: ignore[misc] # Mixed into a view.
        limit_choices(form, self.scope)
        return form


class _ScopedObject(_OfClerk):
    def get_queryset(self) -> Any:
        """Find what is in scope only."""
        return super().get_queryset().in_scope(self.scope)  # type: ignore[misc] # Mixed into a view.


class _ScopedSubject(_OfClerk):
    def get_base_object_queryset(self) -> Any:
        """Find what is in scope only."""
        return super().get_base_object_queryset().in_scope(self.scope)  # type: ignore[misc] # Mixed into a view.


class ScopedIndexView(_OfClerk, JournalledIndexView):
    """Lists what is in scope; give `list_select_related` for what columns name."""

    audience = Audience.CLERK

    def get_base_queryset(self) -> Any:
        """Leave out the rest, in the list, its search and its counts."""
        found = super().get_base_queryset()
        return found.in_scope(self.scope)

    @cached_property
    def filters(self) -> Any:
        """Offer the choices in scope."""
        filters = super().filters
        if filters is not None:
            limit_choices(filters.form, self.scope)
        return filters


class ScopedCreateView(_ScopedForm, JournalledCreateView):
    """Creates a record inside the clerk's part of the town."""


class ScopedEditView(_ScopedForm, _ScopedObject, JournalledEditView):
    """Changes a record in scope."""


class ScopedDeleteView(_ScopedObject, JournalledDeleteView):
    """Deletes a record in scope."""


class ScopedHistoryView(_ScopedSubject, HistoryView):
    """Tells the changes of a record in scope."""

    audience = Audience.CLERK


class ScopedUsageView(_ScopedSubject, UsageView):
    """Says where a record in scope is used."""

    audience = Audience.CLERK


class ScopedViewSet(JournalledViewSet):
    """A list and its forms; the model's manager has `in_scope`."""

    index_view_class = ScopedIndexView
    add_view_class = ScopedCreateView
    edit_view_class = ScopedEditView
    delete_view_class = ScopedDeleteView
    history_view_class = ScopedHistoryView
    usage_view_class = ScopedUsageView
