"""REST: a family's own bookings."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.permissions import IsAuthenticated

from enrolment.models import Booking
from foundation.access import Audience


class BookingSerializer(serializers.ModelSerializer[Booking]):
    """One booking; amounts are in minor units (cents) of the currency."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    child = serializers.CharField(source="child.first_name", read_only=True)
    activity = serializers.CharField(source="session.activity.code", read_only=True)
    session = serializers.UUIDField(source="session.public_id", read_only=True)
    starts_on = serializers.DateField(source="session.starts_on", read_only=True)
    ends_on = serializers.DateField(source="session.ends_on", read_only=True)

    class Meta:
        model = Booking
        fields = [
            "id",
            "child",
            "activity",
            "session",
            "starts_on",
            "ends_on",
            "status",
            "timing",
            "price_minor",
            "currency",
        ]


class MyBookings(ListAPIView[Booking]):
    """Bookings of the household of the account, latest session first."""

    audience = Audience.FAMILY

    serializer_class = BookingSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[Booking]:
        """Return the account's own, and nobody else's."""
        if getattr(self, "swagger_fake_view", False):
            return Booking.objects.none()
        account: Any = self.request.user
        return (
            Booking.objects.filter(household__guardians__person__account=account)
            .select_related("child", "session__activity")
            .order_by("-session__starts_on", "-id")
        )
