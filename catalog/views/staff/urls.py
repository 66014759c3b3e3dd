"""Addresses under /admin/catalogue/."""

from django.urls import path

from catalog.views.staff import sessions, tariffs

app_name = "catalog_staff"
urlpatterns = [
    path("sessions/make/", sessions.make, name="make_sessions"),
    path("sessions/<uuid:public_id>/cancel/", sessions.cancel, name="cancel_session"),
    path("tariffs/", tariffs.index, name="tariffs"),
]
