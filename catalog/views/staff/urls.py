"""Addresses under /admin/catalogue/."""

from django.urls import path

from catalog.views.staff import sessions, tariffs, versions

app_name = "catalog_staff"
urlpatterns = [
    path("sessions/make/", sessions.make, name="make_sessions"),
    path("sessions/<uuid:public_id>/cancel/", sessions.cancel, name="cancel_session"),
    path("tariffs/", tariffs.index, name="tariffs"),
    path("tariffs/new/", tariffs.create, name="new_tariff"),
    path("tariffs/<uuid:public_id>/new/", versions.new, name="new_version"),
    path("tariffs/versions/<uuid:public_id>/", tariffs.version, name="version"),
    path("tariffs/versions/<uuid:public_id>/edit/", versions.edit, name="edit_version"),
    path(
        "tariffs/versions/<uuid:public_id>/publish/",
        tariffs.publish,
        name="publish_version",
    ),
    path(
        "tariffs/versions/<uuid:public_id>/delete/",
        tariffs.delete,
        name="delete_version",
    ),
]
