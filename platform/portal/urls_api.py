"""Addresses of the REST API of a town."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from billing.api import MyInvoice, MyInvoices
from enrolment.api import MyBookings

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("my/bookings/", MyBookings.as_view(), name="my-bookings"),
    path("my/invoices/", MyInvoices.as_view(), name="my-invoices"),
    path("my/invoices/<uuid:public_id>/", MyInvoice.as_view(), name="my-invoice"),
]
