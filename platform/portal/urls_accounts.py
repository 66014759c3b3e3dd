"""Signing in and up, passwords, second factor: django-allauth's pages that we use.

Ours come first: they replace allauth's pages of the same name.
"""

from django.urls import include, path, re_path

from portal.views import accounts

urlpatterns = [
    path("signup/", accounts.sign_up, name="account_signup"),
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
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]
