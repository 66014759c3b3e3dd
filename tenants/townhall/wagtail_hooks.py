"""The town's settings, communes, schools and departments in the back office."""

from importlib import import_module

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList

from foundation.accounts.models import Account
from tenants.townhall.forms import CommuneForm, SignInProviderForm
from tenants.townhall.models import Commune, Department, School, SignInProvider
from tenants.townhall.policies import may_change_settings
from tenants.townhall.views.whole_town import WholeTownViewSet


class CommuneViewSet(WholeTownViewSet):
    """The communes that the town serves."""

    model = Commune
    name = "communes"
    icon = "home"
    menu_label = _("Communes")
    menu_order = 200
    add_to_settings_menu = True
    list_display = ("name", "code", "position")
    search_fields = ("name",)
    ordering = ("position", "name")
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("code"),
            FieldPanel("postal_codes"),
            FieldPanel("position"),
        ],
        base_form_class=CommuneForm,
    )


class SchoolViewSet(WholeTownViewSet):
    """The schools that families choose from."""

    model = School
    name = "schools"
    icon = "clipboard-list"
    menu_label = _("Schools")
    menu_order = 205
    add_to_settings_menu = True
    list_display = ("name", "code", "commune", "position")
    list_select_related = ("commune",)
    search_fields = ("name",)
    ordering = ("position", "name")
    form_fields = ("name", "code", "commune", "position")


class DepartmentViewSet(WholeTownViewSet):
    """The departments that sign messages."""

    model = Department
    name = "departments"
    icon = "group"
    menu_label = _("Departments")
    menu_order = 210
    add_to_settings_menu = True
    list_display = ("name", "sender_name", "reply_to")
    search_fields = ("name",)
    ordering = ("name",)
    form_fields = ("name", "code", "sender_name", "reply_to")


class SignInProviderViewSet(WholeTownViewSet):
    """The services through which families may sign in; for administrators."""

    model = SignInProvider
    name = "sign-in-services"
    icon = "key"
    menu_label = _("Sign-in services")
    menu_order = 220
    add_to_settings_menu = True
    list_display = ("label", "kind", "code", "is_offered")
    search_fields = ("label",)
    ordering = ("label",)
    edit_handler = ObjectList(
        [FieldPanel(name) for name in SignInProviderForm.Meta.fields],
        base_form_class=SignInProviderForm,
    )


class TownSettingsMenuItem(MenuItem):
    """For administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the account's rights."""
        account = request.user
        return isinstance(account, Account) and may_change_settings(account)


@hooks.register("register_admin_viewset")
def townhall() -> list[WholeTownViewSet]:
    """Add the lists and forms."""
    return [
        CommuneViewSet(),
        SchoolViewSet(),
        DepartmentViewSet(),
        SignInProviderViewSet(),
    ]


@hooks.register("register_admin_urls")
def our_pages() -> list[URLPattern]:
    """Add the pages of the settings and of the whole configuration."""
    view = import_string("tenants.townhall.views.staff.settings")
    whole = import_module("tenants.townhall.views.configuration")
    return [
        path("town/", view, name="townhall_settings"),
        path("configuration/", whole.configuration, name="townhall_configuration"),
        path(
            "configuration/put-in/", whole.put_in, name="townhall_configuration_put_in"
        ),
        path(
            "configuration/export/", whole.export, name="townhall_configuration_export"
        ),
    ]


class ConfigurationMenuItem(MenuItem):
    """For administrators: everything the town configured is in it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask whether the account has every right."""
        return bool(request.user.is_superuser)


@hooks.register("register_settings_menu_item")
def configuration() -> MenuItem:
    """Put the whole configuration after the settings."""
    return ConfigurationMenuItem(
        _("Configuration"),
        reverse("townhall_configuration"),
        name="configuration",
        icon_name="download",
        order=2,
    )


@hooks.register("register_settings_menu_item")
def town_settings() -> MenuItem:
    """Put the settings of the town first."""
    return TownSettingsMenuItem(
        _("Town"), reverse("townhall_settings"), name="town", icon_name="cog", order=1
    )
