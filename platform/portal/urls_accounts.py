"""Signing in and up, passwords, second factor: django-allauth's pages that we use."""

from django.urls import include, path

urlpatterns = [
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]
