"""REST: a family's own invoices."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.permissions import IsAuthenticated

from billing.models import Charge, Invoice
from foundation.access import Audience


class LineSerializer(serializers.ModelSerializer[Charge]):
    """One line of an invoice."""

    class Meta:
        model = Charge
        fields = ["day", "description", "quantity", "amount_minor", "split"]


class InvoiceSerializer(serializers.ModelSerializer[Invoice]):
    """One invoice; amounts are in minor units (cents) of the currency."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = Invoice
        fields = [
            "id",
            "reference",
            "status",
            "issued_on",
            "due_on",
            "total_minor",
            "paid_minor",
            "currency",
        ]


class InvoiceDetailSerializer(InvoiceSerializer):
    """One invoice with its lines."""

    lines = LineSerializer(many=True, read_only=True)

    class Meta(InvoiceSerializer.Meta):
        fields = [*InvoiceSerializer.Meta.fields, "lines"]


class OwnInvoices(GenericAPIView[Invoice]):
    """Finds the account's own invoices; any other one does not exist."""

    audience = Audience.FAMILY

    permission_classes = [IsAuthenticated]
    request: Any

    def get_queryset(self) -> QuerySet[Invoice]:
        """Return issued invoices of the account's household."""
        if getattr(self, "swagger_fake_view", False):
            return Invoice.objects.none()
        account = self.request.user
        own = Invoice.objects.filter(household__guardians__person__account=account)
        return own.issued()


class MyInvoices(OwnInvoices, ListAPIView[Invoice]):
    """Invoices of the household of the account, latest first."""

    serializer_class = InvoiceSerializer


class MyInvoice(OwnInvoices, RetrieveAPIView[Invoice]):
    """One invoice with its lines."""

    serializer_class = InvoiceDetailSerializer
    lookup_field = "public_id"

    def get_queryset(self) -> QuerySet[Invoice]:
        """Read the lines along, in one more query."""
        return super().get_queryset().prefetch_related("lines")
