"""REST: the sessions of an activity, with the places left."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from catalog.api.public import Public
from catalog.models import Session
from catalog.queries.published import find_activity_published, sessions_published
from catalog.queries.shared_places import places_left


class PeriodSerializer(serializers.Serializer[Any]):
    """A half-open period: `until` is the first day that is not asked for."""

    until = serializers.DateField(required=False)

    def get_fields(self) -> dict[str, Any]:
        """Add `from`, which Python keeps for itself."""
        return {"from": serializers.DateField(required=False), **super().get_fields()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Begin today unless told otherwise, and end after it begins."""
        attrs.setdefault("from", timezone.localdate())
        until: date | None = attrs.get("until")
        if until is not None and until <= attrs["from"]:
            refusal = _("The period must end after %(first)s.")
            first = attrs["from"].isoformat()
            raise serializers.ValidationError({"until": refusal % {"first": first}})
        return attrs


class SessionSerializer(serializers.ModelSerializer[Session]):
    """A session; `ends_on` and `born_until` are included."""

    id = serializers.UUIDField(source="public_id")
    days = serializers.ListField(
        child=serializers.DateField(),
        source="meets_on",
        help_text="Days it meets; empty means every day from the first to the last.",
    )
    age_min = serializers.IntegerField(source="activity.age_min", allow_null=True)
    age_max = serializers.IntegerField(source="activity.age_max", allow_null=True)
    places_left = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields = [
            "id",
            "name",
            "starts_on",
            "ends_on",
            "days",
            "start_time",
            "end_time",
            "age_min",
            "age_max",
            "born_from",
            "born_until",
            "places_left",
        ]

    def get_places_left(self, session: Session) -> int | None:
        """Return what can still be booked; null where there is no limit.

        Places shared with other activities count.
        """
        left: int | None = self.context["left"][session.pk]
        return left


class ActivitySessions(Public, ListAPIView[Session]):
    """Sessions of an activity with a day in a period: from today, without an end."""

    serializer_class = SessionSerializer
    left: Mapping[int, int | None] = MappingProxyType({})

    @extend_schema(
        parameters=[
            OpenApiParameter("from", date, description="First day; today unless told."),
            OpenApiParameter("until", date, description="First day left out."),
        ]
    )
    def get(self, *args: Any, **kwargs: Any) -> Any:
        """Return the sessions, the next first."""
        return super().get(*args, **kwargs)

    def get_queryset(self) -> QuerySet[Session]:
        """Read the activity, then its sessions along with nothing else."""
        if getattr(self, "swagger_fake_view", False):
            return Session.objects.none()
        period = PeriodSerializer(data=self.request.query_params)
        period.is_valid(raise_exception=True)
        activity = find_activity_published(self.kwargs["code"])
        if activity is None:
            raise Http404
        asked = period.validated_data
        return sessions_published(
            activity, first=asked["from"], until=asked.get("until")
        ).select_related("activity__shared_places")

    def paginate_queryset(self, queryset: Any) -> Any:
        """Count the places left of the page's sessions, all at once."""
        page = super().paginate_queryset(queryset)
        self.left = places_left(page or ())
        return page

    def get_serializer_context(self) -> dict[str, Any]:
        """Give the serializer what was counted."""
        return {**super().get_serializer_context(), "left": self.left}
