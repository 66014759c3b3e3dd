"""REST: the services of a town."""

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView

from catalog.api.public import Public
from catalog.models import Activity, Requirement, Service, Situation
from catalog.queries.public import services_shown
from catalog.queries.published import get_service_described


class SituationSerializer(serializers.ModelSerializer[Situation]):
    """A situation that a family may declare."""

    class Meta:
        model = Situation
        fields = ["code", "name", "help_text"]


class ProofSerializer(serializers.ModelSerializer[Requirement]):
    """A proof asked for; without situation, in every one."""

    code = serializers.SlugField(source="proof_type.code")
    name = serializers.CharField(source="proof_type.name")
    help_text = serializers.CharField(  # type: ignore[assignment] # A field of ours.
        source="proof_type.help_text"
    )
    situation = serializers.SlugField(source="situation.code", default=None)

    class Meta:
        model = Requirement
        fields = ["code", "name", "help_text", "situation", "is_mandatory"]


class ActivitySerializer(serializers.ModelSerializer[Activity]):
    """An activity; its sessions have an address of their own."""

    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=7),
        help_text="1 is Monday, 7 is Sunday.",
    )

    class Meta:
        model = Activity
        fields = [
            "code",
            "name",
            "description",
            "kind",
            "weekdays",
            "start_time",
            "end_time",
            "age_min",
            "age_max",
            "residents_only",
            "quota_per_period",
        ]


class ServiceSerializer(serializers.ModelSerializer[Service]):
    """A service; without commune, one of the whole town."""

    commune = serializers.CharField(source="commune.name", default=None)
    department = serializers.CharField(source="department.name")

    class Meta:
        model = Service
        fields = [
            "code",
            "name",
            "summary",
            "commune",
            "department",
            "billing_mode",
            "requires_access",
            "requests_open_at",
            "bookings_open_at",
        ]


class ServiceDetailSerializer(ServiceSerializer):
    """A service with its situations, the proofs it asks for and its activities."""

    situations = SituationSerializer(many=True)
    proofs = ProofSerializer(source="requirements", many=True)
    activities = ActivitySerializer(many=True)

    class Meta(ServiceSerializer.Meta):
        fields = [
            *ServiceSerializer.Meta.fields,
            "description",
            "situations",
            "proofs",
            "activities",
        ]


class Services(Public, ListAPIView[Service]):
    """The services that the town shows, in its order."""

    serializer_class = ServiceSerializer

    def get_queryset(self) -> QuerySet[Service]:
        """Leave the activities to the page of each service."""
        return services_shown().prefetch_related(None)


class ServiceDescription(Public, RetrieveAPIView[Service]):
    """One service: situations, proofs asked for, activities."""

    serializer_class = ServiceDetailSerializer
    queryset = Service.objects.none()
    lookup_field = "code"

    def get_object(self) -> Service:
        """Return the service of the address; 404 for a hidden one as for none."""
        return get_service_described(self.kwargs["code"])
