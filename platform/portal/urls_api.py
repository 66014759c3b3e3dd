"""Addresses of the REST API of a town."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from billing.api import MyInvoice, MyInvoices
from catalog.api import ActivitySessions, ServiceDescription, Services, SimulatePrice
from enrolment.api import MyBookings

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("services/", Services.as_view(), name="services"),
    path("services/<slug:code>/", ServiceDescription.as_view(), name="service"),
    path(
        "activities/<slug:code>/sessions/",
        ActivitySessions.as_view(),
        name="activity-sessions",
    ),
    path("prices/simulate/", SimulatePrice.as_view(), name="simulate-price"),
    path("my/bookings/", MyBookings.as_view(), name="my-bookings"),
    path("my/invoices/", MyInvoices.as_view(), name="my-invoices"),
    path("my/invoices/<uuid:public_id>/", MyInvoice.as_view(), name="my-invoice"),
]
