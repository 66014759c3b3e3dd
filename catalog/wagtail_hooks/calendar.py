"""The town's calendar: school years, holidays, closures."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, ngettext
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.widgets.button import HeaderButton

from catalog.forms.closures import ClosureForm
from catalog.forms.codes import CodeFromName
from catalog.models import CalendarPeriod, Closure
from catalog.services.closures import apply_closure, lift_closure
from catalog.wagtail_hooks.previews import DatedForm
from foundation.access import Audience
from foundation.backoffice.snapshots import snapshot
from foundation.backoffice.viewsets import JournalledIndexView
from foundation.journal.services import record
from tenants.domain.scope import Scope
from tenants.townhall.views.scoped import (
    ScopedCreateView,
    ScopedDeleteView,
    ScopedEditView,
    ScopedIndexView,
    ScopedViewSet,
)
from tenants.townhall.views.whole_town import WholeTownViewSet


class PeriodIndexView(JournalledIndexView):
    """Lists periods, and offers those that are official."""

    audience = Audience.CLERK

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Add a whole school year in one go."""
        buttons: list[HeaderButton] = super().header_buttons
        if not self.user_has_permission("add"):
            return buttons
        return [
            *buttons,
            HeaderButton(
                _("Add a school year"),
                url=reverse("catalog_staff:add_school_year"),
                icon_name="calendar-check",
            ),
        ]


class PeriodViewSet(WholeTownViewSet):
    """School years and holidays."""

    model = CalendarPeriod
    index_view_class = PeriodIndexView
    name = "calendar-periods"
    icon = "calendar-alt"
    menu_label = _("School calendar")
    list_display = ("name", "kind", "from_on", "until_on")
    list_filter = ("kind",)
    ordering = ("from_on",)
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            FieldRowPanel([FieldPanel("from_on"), FieldPanel("until_on")]),
            FieldPanel("code"),
        ],
        base_form_class=CodeFromName,
    )


class ClosureIndexView(ScopedIndexView):
    """Lists closures with their service; those of the whole town to everybody."""

    def get_base_queryset(self) -> QuerySet[Closure]:
        """Fetch what the columns name."""
        found: QuerySet[Closure] = super().get_base_queryset()
        return found.select_related("service")

    def get_edit_url(self, instance: Closure) -> str | None:
        """Lead to what the clerk may change."""
        if not _may_change(instance, self.scope):
            return None
        address: str | None = super().get_edit_url(instance)
        return address

    def get_delete_url(self, instance: Closure) -> str | None:
        """Lead to what the clerk may lift."""
        if not _may_change(instance, self.scope):
            return None
        address: str | None = super().get_delete_url(instance)
        return address


def _may_change(closure: Closure, scope: Scope) -> bool:
    """Leave the closures of the whole town to those who see every department."""
    return scope.departments is None or closure.service_id is not None


class _NamesService:
    """Has a clerk of some departments say which service closes."""

    scope: Scope

    def get_form(self, form_class: Any = None) -> Any:
        """Ask for the service: without one, every department would be closed."""
        form = super().get_form(form_class)  # type: ignore[misc] # Mixed into a view.
        form.fields["service"].required = self.scope.departments is not None
        return form


class _OwnServices:
    """Keeps a clerk of some departments to closures of their services."""

    scope: Scope

    def get_queryset(self) -> Any:
        """Leave out the closures of the whole town."""
        found = super().get_queryset()  # type: ignore[misc] # Mixed into a view.
        if self.scope.departments is None:
            return found
        return found.exclude(service=None)


class ClosureCreateView(_NamesService, DatedForm, ScopedCreateView):
    """Creates a closure, and cancels the sessions of its days."""

    def save_instance(self) -> Closure:
        """Save, then cancel, in the transaction that Wagtail opened."""
        closure: Closure = super().save_instance()  # type: ignore[assignment] # The model of this view.
        _apply(self.request, closure)
        return closure


class ClosureEditView(_NamesService, _OwnServices, DatedForm, ScopedEditView):
    """Moves a closure: sessions it leaves take place, those it reaches do not."""

    def save_instance(self) -> Closure:
        """Save, then cancel and open again, in the transaction that Wagtail opened."""
        closure: Closure = super().save_instance()  # type: ignore[assignment] # The model of this view.
        _apply(self.request, closure)
        return closure


class ClosureDeleteView(_OwnServices, ScopedDeleteView):
    """Lifts a closure: its sessions to come take place."""

    confirmation_message = _(
        "The sessions to come of these days take place again. "
        "Families who had booked are told, and book again if they wish."
    )

    def delete_action(self) -> None:
        """Write the last values in the journal, then lift."""
        actor: Any = self.request.user  # Signed in: a back-office page.
        with transaction.atomic():
            record(
                actor=actor,
                action="closure deleted",
                target=self.object,
                old=snapshot(self.object),
            )
            count = lift_closure(
                closure=self.object,
                actor=actor,
                today=timezone.localdate(),
            )
        if count:
            messages.info(
                self.request,
                ngettext(
                    "%(count)s session takes place again.",
                    "%(count)s sessions take place again.",
                    count,
                )
                % {"count": count},
            )


def _apply(request: HttpRequest, closure: Closure) -> None:
    count = apply_closure(
        closure=closure,
        actor=request.user,  # type: ignore[arg-type] # Signed in: a back-office page.
        now=timezone.now(),
        today=timezone.localdate(),
    )
    if count:
        text = ngettext(
            "%(count)s session has changed. Families who booked are told.",
            "%(count)s sessions have changed. Families who booked are told.",
            count,
        )
        messages.info(request, text % {"count": count})


class ClosureViewSet(ScopedViewSet):
    """Days on which a service, or the whole town, is closed."""

    model = Closure
    name = "closures"
    icon = "no-view"
    menu_label = _("Closures")
    index_view_class = ClosureIndexView
    add_view_class = ClosureCreateView
    edit_view_class = ClosureEditView
    delete_view_class = ClosureDeleteView
    list_display = ("reason", "service", "from_on", "until_on")
    list_filter = ("service",)
    ordering = ("-from_on",)
    edit_handler = ObjectList(
        [
            FieldPanel("reason"),
            FieldPanel("service"),
            FieldRowPanel([FieldPanel("from_on"), FieldPanel("until_on")]),
            FieldPanel("confirmed"),
        ],
        base_form_class=ClosureForm,
    )
