"""Addresses under /admin/catalogue/."""

from django.urls import path

from catalog.views.staff import checklist, seasons, sessions, tariffs, versions

app_name = "catalog_staff"
urlpatterns = [
    path("services/<uuid:public_id>/checklist/", checklist.checklist, name="checklist"),
    path("services/<uuid:public_id>/preview/", checklist.preview, name="preview"),
    path("sessions/make/", sessions.make, name="make_sessions"),
    path("sessions/<uuid:public_id>/cancel/", sessions.cancel, name="cancel_session"),
    path("school-years/add/", seasons.school_year, name="add_school_year"),
    path("seasons/copy/", seasons.copy, name="copy_season"),
    path("seasons/<uuid:public_id>/undo/", seasons.undo, name="undo_season"),
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
