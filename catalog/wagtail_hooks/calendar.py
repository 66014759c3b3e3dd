"""The town's calendar: school years, holidays, closures."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from catalog.forms.codes import CodeFromName
from catalog.models import CalendarPeriod, Closure
from foundation.backoffice.viewsets import JournalledViewSet
from tenants.townhall.views.scoped import ScopedIndexView, ScopedViewSet


class PeriodViewSet(JournalledViewSet):
    """School years and holidays."""

    model = CalendarPeriod
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
    """Lists closures with their service."""

    def get_base_queryset(self) -> QuerySet[Closure]:
        """Fetch what the columns name."""
        found: QuerySet[Closure] = super().get_base_queryset()
        return found.select_related("service")


class ClosureViewSet(ScopedViewSet):
    """Days on which a service, or the whole town, is closed."""

    model = Closure
    name = "closures"
    icon = "no-view"
    menu_label = _("Closures")
    index_view_class = ClosureIndexView
    list_display = ("reason", "service", "from_on", "until_on")
    list_filter = ("service",)
    ordering = ("-from_on",)
    edit_handler = ObjectList(
        [
            FieldPanel("reason"),
            FieldPanel("service"),
            FieldRowPanel([FieldPanel("from_on"), FieldPanel("until_on")]),
        ]
    )
