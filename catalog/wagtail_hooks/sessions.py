"""Sessions, found by activity and date."""

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from catalog.forms.sessions import SessionForm
from catalog.models import Activity, CalendarPeriod, Session
from foundation.days import short_day
from tenants.townhall.views.scoped import ScopedEditView, ScopedIndexView, ScopedViewSet


def days_of(session: Session) -> str:
    """Return the day, or the first and the last."""
    first = short_day(session.starts_on)
    if session.ends_on == session.starts_on:
        return first
    return f"{first} – {short_day(session.ends_on)}"  # noqa: RUF001 - a range.


def places_of(session: Session) -> str:
    """Return the places taken, out of how many."""
    if session.capacity is None:
        return str(session.seats_taken)
    return f"{session.seats_taken} / {session.capacity}"


def state_of(session: Session) -> str:
    """Return "cancelled", "full", or nothing to say."""
    if session.cancelled_at is not None:
        return str(_("Cancelled"))
    is_full = session.capacity is not None and session.seats_taken >= session.capacity
    return str(_("Full")) if is_full else ""


class SessionFilterSet(WagtailFilterSet):
    """By activity, period and dates."""

    activity = django_filters.ModelChoiceFilter(
        label=_("Activity"), queryset=Activity.objects.order_by("name")
    )
    period = django_filters.ModelChoiceFilter(
        label=_("Period"), queryset=CalendarPeriod.objects.order_by("from_on")
    )
    starts_on = django_filters.DateFromToRangeFilter(
        label=_("First day"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Session
        fields = ("activity", "period", "starts_on")


class SessionIndexView(ScopedIndexView):
    """Lists sessions, the next ones last."""

    def get_base_queryset(self) -> QuerySet[Session]:
        """Fetch what the columns name."""
        found: QuerySet[Session] = super().get_base_queryset()
        return found.select_related("activity", "activity__service")

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer to make many sessions at once."""
        return [
            *super().header_buttons,
            HeaderButton(
                _("Make the sessions"),
                url=reverse("catalog_staff:make_sessions"),
                icon_name="calendar-check",
            ),
        ]


class SessionEditView(ScopedEditView):
    """Changes a session, and leads to its cancellation."""

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer to cancel what is not cancelled yet."""
        if self.object.cancelled_at is not None:
            return []
        return [
            HeaderButton(
                _("Cancel this session"),
                url=reverse(
                    "catalog_staff:cancel_session", args=[self.object.public_id]
                ),
                icon_name="circle-xmark",
            )
        ]


class SessionViewSet(ScopedViewSet):
    """Dated units and courses."""

    model = Session
    name = "sessions"
    icon = "calendar"
    menu_label = _("Sessions")
    index_view_class = SessionIndexView
    edit_view_class = SessionEditView
    filterset_class = SessionFilterSet
    ordering = ("-starts_on", "activity__name", "start_time")
    search_fields = ("name", "activity__name")
    list_display = (
        "__str__",
        Column("activity", label=_("Activity"), sort_key="activity__name"),
        Column("starts_on", label=_("Day"), accessor=days_of),
        Column("places", label=_("Places taken"), accessor=places_of),
        Column("state", label=_("State"), accessor=state_of),
    )
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("activity"),
                    FieldPanel("name"),
                    FieldPanel("period"),
                    FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                    FieldPanel("meets_on"),
                    FieldRowPanel([FieldPanel("start_time"), FieldPanel("end_time")]),
                ],
                heading=_("When"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("capacity"), FieldPanel("price_minor")]),
                    FieldRowPanel([FieldPanel("born_from"), FieldPanel("born_until")]),
                ],
                heading=_("For whom"),
            ),
        ],
        base_form_class=SessionForm,
    )
