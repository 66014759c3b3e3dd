"""Addresses of the platform's own site."""

from django.urls import include, path

from billing.views import webhooks
from portal.views import health, home, mailbox

urlpatterns = [
    path("", include("foundation.ui.urls")),
    path("", home.home, name="home"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("accounts/", include("portal.urls_accounts")),
    path("webhooks/stripe/", webhooks.stripe, name="stripe-webhook"),
    path("console/", include("tenants.urls")),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<uuid:name>/", mailbox.message, name="message"),
]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.permission_denied"
handler404 = "portal.views.errors.page_not_found"
handler500 = "portal.views.errors.server_error"
