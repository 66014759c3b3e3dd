"""Lists and forms of staff, whose every change is written in the journal.

A viewset of ours never copies, shows no integer beyond Wagtail's own addresses, and
says in words why a record that is in use cannot be deleted.
"""

from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from foundation.access import Audience
from foundation.backoffice.snapshots import changes, snapshot
from foundation.days import date_format
from foundation.journal.services import record


class YesNoColumn(Column):
    """Says yes or no where Wagtail would print True or False."""

    def get_value(self, instance: Any) -> str:
        """Return the word, in the reader's language."""
        return _("Yes") if super().get_value(instance) else _("No")


class DayColumn(Column):
    """Writes a day as the rest of the product does."""

    def get_value(self, instance: Any) -> str:
        """Return the day in words, or nothing."""
        day = super().get_value(instance)
        return date_format(day, "DATE_FORMAT") if day else ""


class JournalledIndexView(generic.IndexView):
    """The list; its button says "Add", which has one form in every language."""

    audience = Audience.CLERK

    @cached_property
    def add_item_label(self) -> str:
        """Leave out the name of the record: the page is called after it."""
        return _("Add")


class JournalledCreateView(generic.CreateView):
    """Creates a record and says so in the journal."""

    audience = Audience.CLERK

    def save_instance(self) -> models.Model:
        """Save the form, in the transaction that Wagtail opened."""
        instance: models.Model = super().save_instance()
        record(
            actor=self.request.user,
            action=f"{instance._meta.model_name} created",  # noqa: SLF001 - _meta is public in practice.
            target=instance,
            new=snapshot(instance),
        )
        return instance


class JournalledEditView(generic.EditView):
    """Changes a record and keeps the values before and after."""

    audience = Audience.CLERK

    def save_instance(self) -> models.Model:
        """Save the form, in the transaction that Wagtail opened."""
        kept = self.model._default_manager.get(pk=self.form.instance.pk)  # noqa: SLF001 - _meta is public in practice.
        before = snapshot(kept)
        instance: models.Model = super().save_instance()
        fresh = self.model._default_manager.get(pk=instance.pk)  # noqa: SLF001 - _meta is public in practice.
        old, new = changes(before, snapshot(fresh))
        if new or old:
            record(
                actor=self.request.user,
                action=f"{instance._meta.model_name} changed",  # noqa: SLF001 - _meta is public in practice.
                target=instance,
                old=old,
                new=new,
            )
        return instance


class JournalledDeleteView(generic.DeleteView):
    """Deletes a record that nothing uses."""

    audience = Audience.CLERK

    def delete_action(self) -> None:
        """Write the last values in the journal, then delete."""
        with transaction.atomic():
            record(
                actor=self.request.user,
                action=f"{self.object._meta.model_name} deleted",  # noqa: SLF001 - _meta is public in practice.
                target=self.object,
                old=snapshot(self.object),
            )
            super().delete_action()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse in words what the database refuses."""
        try:
            response: HttpResponse = super().post(request, *args, **kwargs)
        except (ProtectedError, RestrictedError):
            messages.error(
                request,
                _("“%(record)s” is in use: it cannot be deleted.")
                % {"record": self.object},
            )
            return redirect(self.edit_url_name, self.object.pk)
        return response


class JournalledViewSet(ModelViewSet):
    """A list, its forms and its journal; give `model`, `form_fields` or panels."""

    index_view_class = JournalledIndexView
    add_view_class = JournalledCreateView
    edit_view_class = JournalledEditView
    delete_view_class = JournalledDeleteView
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    # The index of references would be written at each save for nothing.
    add_to_reference_index = False
    list_display: Any  # Of each list; Wagtail gives none.

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.list_display = [self._column(each) for each in self.list_display]

    def _column(self, shown: Any) -> Any:
        """Put days and boxes that are ticked in words; leave the rest to Wagtail."""
        fields = {field.name: field for field in self.model._meta.fields}  # noqa: SLF001 - _meta is public in practice.
        field = fields.get(shown) if isinstance(shown, str) else None
        for kind, column in _IN_WORDS.items():
            if type(field) is kind:
                label = capfirst(str(field.verbose_name))
                return column(shown, label=label, sort_key=shown)
        return shown


_IN_WORDS: dict[type[models.Field[Any, Any]], type[Column]] = {
    models.BooleanField: YesNoColumn,
    models.DateField: DayColumn,
}
