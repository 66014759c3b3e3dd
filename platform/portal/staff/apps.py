"""Wagtail's application for accounts, with our screens in it."""

from wagtail.users.apps import WagtailUsersAppConfig


class StaffConfig(WagtailUsersAppConfig):
    """Shows staff only, known by their e-mail address."""

    user_viewset = "portal.staff.viewsets.StaffViewSet"
