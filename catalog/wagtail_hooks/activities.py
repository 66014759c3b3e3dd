"""Activities: when they take place, until when one may decide, who may come."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.panels.base import Panel
from wagtail.admin.widgets.button import HeaderButton

from catalog.enums import ActivityKind
from catalog.forms.activities import ActivityForm
from catalog.forms.codes import CodeFromName
from catalog.models import Activity, Closure, SharedPlaces
from catalog.services.deadline_wording import say_deadlines
from catalog.wagtail_hooks.previews import PreviewedEdit, PreviewPanel
from foundation.backoffice.panels import RowsPanel
from foundation.periods import Period
from tenants.queries import current_town
from tenants.townhall.views.scoped import ScopedEditView, ScopedIndexView, ScopedViewSet
from tenants.townhall.views.whole_town import WholeTownViewSet


class DeadlinesInWords(Panel):
    """Says what the deadlines give for the next session, as they were saved."""

    class BoundPanel(Panel.BoundPanel):
        """Drawn for one activity."""

        template_name = "catalog/staff/deadlines_in_words.html"

        def is_shown(self) -> bool:
            """Wait until there is something saved to speak of."""
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Say the deadlines of the next session, or of the next opening day."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            zone = ZoneInfo(current_town().time_zone)
            day = _next_day(self.instance, timezone.localdate(timezone=zone))
            sentences = say_deadlines(
                self.instance, day=day, zone=zone, holidays=_closed_around(day)
            )
            return {**context, "sentences": sentences}


class ActivityIndexView(ScopedIndexView):
    """Lists activities with their service and tariff."""

    def get_base_queryset(self) -> QuerySet[Activity]:
        """Fetch what the columns name."""
        found: QuerySet[Activity] = super().get_base_queryset()
        return found.select_related("service", "tariff")


class ActivityEditView(PreviewedEdit, ScopedEditView):
    """Leads to the sessions."""

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Show the sessions there are, and make those that miss."""
        sessions = f"{reverse('sessions:index')}?activity={self.object.pk}"
        buttons = [HeaderButton(_("Sessions"), url=sessions, icon_name="calendar")]
        if self.object.kind == ActivityKind.DATED:
            address = reverse("catalog_staff:make_sessions")
            buttons.append(
                HeaderButton(
                    _("Make the sessions"),
                    url=f"{address}?activity={self.object.public_id}",
                    icon_name="calendar-check",
                )
            )
        return buttons


class ActivityViewSet(ScopedViewSet):
    """What is booked inside a service."""

    model = Activity
    name = "activities"
    icon = "clipboard-list"
    menu_label = _("Activities")
    index_view_class = ActivityIndexView
    edit_view_class = ActivityEditView
    list_display = ("name", "service", "kind", "tariff", "start_time", "end_time")
    list_filter = ("service", "kind")
    search_fields = ("name", "code")
    ordering = ("service__name", "position", "name")
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("service"),
                    FieldPanel("name"),
                    FieldPanel("description"),
                    FieldPanel("kind"),
                    FieldPanel("weekdays"),
                    FieldRowPanel([FieldPanel("start_time"), FieldPanel("end_time")]),
                ],
                heading=_("What it is"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("tariff"), FieldPanel("units")])],
                heading=_("Price"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("booking_deadline"),
                    FieldPanel("cancellation_deadline"),
                    FieldPanel("late_booking"),
                    DeadlinesInWords(),
                ],
                heading=_("Deadlines"),
            ),
            RowsPanel(
                "windows",
                panels=[
                    FieldPanel("residence"),
                    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                ],
                heading=_("Registration periods"),
                label=_("Registration period"),
                help_text=_("Without any period, families register at any time."),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("age_min"), FieldPanel("age_max")]),
                    FieldPanel("school_classes"),
                    FieldPanel("residents_only"),
                    FieldRowPanel(
                        [FieldPanel("quota_per_period"), FieldPanel("quota_group")]
                    ),
                    FieldPanel("shared_places"),
                ],
                heading=_("Who may come"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("code"), FieldPanel("position")])],
                heading=_("For the record"),
                classname="collapsed",
            ),
            MultiFieldPanel([PreviewPanel()], heading=_("Preview")),
        ],
        base_form_class=ActivityForm,
    )


class SharedPlacesViewSet(WholeTownViewSet):
    """Places that several activities share."""

    model = SharedPlaces
    name = "shared-places"
    icon = "group"
    menu_label = _("Shared places")
    list_display = ("name", "capacity")
    search_fields = ("name", "code")
    ordering = ("name",)
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("capacity"), FieldPanel("code")],
        base_form_class=CodeFromName,
    )


def _next_day(activity: Activity, today: date) -> date:
    """Return the day of the next session, or the next day of the week it opens."""
    coming = (
        activity.sessions.not_cancelled()
        .filter(starts_on__gte=today)
        .order_by("starts_on")
        .values_list("starts_on", flat=True)
        .first()
    )
    week = (today + timedelta(days=number) for number in range(1, 8))
    days = [day for day in week if day.isoweekday() in activity.weekdays]
    return coming or (days[0] if days else today + timedelta(days=7))


def _closed_around(day: date) -> frozenset[date]:
    """Return the days before `day` on which the whole town is closed."""
    closures = Closure.objects.filter(
        service=None, from_on__lte=day, until_on__gt=day - timedelta(days=90)
    )
    return frozenset(
        each
        for closure in closures
        for each in Period(closure.from_on, closure.until_on).days()
    )
