"""Addresses of a town's portal."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from families.urls import tracking_urls
from portal.views import media, theme

SIGN_IN = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("", include("foundation.ui.urls")),
    path("theme-<slug:version>.css", theme.theme, name="theme"),
    path("media/<slug:schema>/<path:path>", media.media, name="media"),
    path("accounts/", include("portal.urls_accounts")),
    path("my/", include("families.urls")),
    path("my/", include("enrolment.urls")),
    path("my/", include("billing.urls")),
    path("services/", include("catalog.urls")),
    path("track/", include(tracking_urls)),
    path("api/v1/", include("portal.urls_api")),
    # One door for everybody: our own sign-in, second factor and limits included.
    path("admin/login/", SIGN_IN),
    path("_util/login/", SIGN_IN),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Pages the town writes; must stay last.
    path("", include(wagtail_urls)),
]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.permission_denied"
handler404 = "portal.views.errors.page_not_found"
handler500 = "portal.views.errors.server_error"
