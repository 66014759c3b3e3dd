"""Addresses of the public catalogue."""

from django.urls import path

from catalog.views import public

app_name = "catalog"
urlpatterns = [
    path("", public.services, name="services"),
    path("documents/", public.documents, name="documents"),
    path("<slug:code>/", public.service, name="service"),
]
