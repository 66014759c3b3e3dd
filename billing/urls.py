"""Addresses of billing in the family space."""

from django.urls import path

from billing.views import family, mandates, payments

app_name = "billing"
urlpatterns = [
    path("invoices/", family.invoices, name="invoices"),
    path("invoices/<uuid:public_id>/", family.invoice, name="invoice"),
    path("invoices/<uuid:public_id>/document/", family.document, name="document"),
    path("invoices/<uuid:public_id>/pay/", payments.pay, name="pay"),
    path("payments/<uuid:public_id>/", payments.paid, name="paid"),
    path("payments/<uuid:public_id>/receipt/", family.receipt, name="receipt"),
    path("direct-debit/", mandates.debits, name="debits"),
    path("direct-debit/sign/<slug:code>/", mandates.sign, name="debit-sign"),
    path(
        "direct-debit/sign/<slug:code>/confirm/", mandates.confirm, name="debit-confirm"
    ),
    path(
        "direct-debit/<uuid:public_id>/document/",
        mandates.mandate_document,
        name="mandate-document",
    ),
    path(
        "direct-debit/<uuid:public_id>/revoke/", mandates.revoke, name="mandate-revoke"
    ),
]
