"""Addresses of the platform's own site."""

from django.urls import include, path
from django.views.generic import TemplateView

from portal.views import health

urlpatterns = [
    path("", include("foundation.ui.urls")),
    path("", TemplateView.as_view(template_name="public/home.html"), name="home"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("accounts/", include("portal.urls_accounts")),
    path("console/", include("tenants.urls")),
]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.permission_denied"
handler404 = "portal.views.errors.page_not_found"
handler500 = "portal.views.errors.server_error"
