"""Signing in and up, passwords, second factor: django-allauth's pages that we use.

Ours come first: they replace allauth's pages of the same name.
"""

from django.urls import include, path, re_path

from portal.views import accounts, security, services, start
from portal.views.made_accounts import first_password

urlpatterns = [
    path("signup/", accounts.sign_up, name="account_signup"),
    path("start/", start.start, name="account_start"),
    path("start/next/", start.start_next, name="account_start_next"),
    path("start/link/", start.start_link, name="account_start_link"),
    path("start/<str:secret>/", start.open_with_link, name="account_open"),
    path(
        "confirm-email/",
        accounts.check_mail,
        name="account_email_verification_sent",
    ),
    path("confirm-email/again/", accounts.ask_link, name="account_ask_link"),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$",
        accounts.confirm_address,
        name="account_confirm_email",
    ),
    path("login/", services.sign_in, name="account_login"),
    path("first-password/", first_password, name="account_first_password"),
    path("security/", security.security, name="account_security"),
    path("sessions/", security.sessions, name="account_sessions"),
    path("sessions/end/", security.end, name="account_end_session"),
    path("sessions/end-others/", security.end_others, name="account_end_others"),
    path("logout/", services.sign_out, name="account_logout"),
    path("signed-out/", services.signed_out, name="account_signed_out"),
    path("services/new/", services.sign_up, name="socialaccount_signup"),
    path(
        "services/<slug:provider_id>/",
        services.leave_for_service,
        name="openid_connect_login",
    ),
    path(
        "services/<slug:provider_id>/return/",
        services.return_from_service,
        name="openid_connect_callback",
    ),
    path("services/<slug:code>/unlink/", services.unlink, name="account_unlink"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]
