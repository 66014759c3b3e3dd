"""The lists of the child's file that a town sets: meals, authorisations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from families.domain.meal_labels import find_refused_word
from families.models import AuthorisationKind, MealType
from families.services.child_lists import say_why_refused
from tenants.townhall.views.whole_town import WholeTownViewSet


class MealTypeForm(WagtailAdminModelForm):
    """Refuses words that tell a religion or an illness, and says what to write."""

    def clean_name(self) -> str:
        """Check each word of the name."""
        name: str = self.cleaned_data["name"]
        refused = find_refused_word(name)
        if refused is not None:
            raise forms.ValidationError(say_why_refused(refused))
        return name

    def clean_code(self) -> str:
        """Check the code too: it is written in exports."""
        code: str = self.cleaned_data["code"]
        refused = find_refused_word(code.replace("-", " "))
        if refused is not None:
            raise forms.ValidationError(say_why_refused(refused))
        return code


def _panels(*names: str, form: Any = WagtailAdminModelForm) -> ObjectList:
    return ObjectList([FieldPanel(name) for name in names], base_form_class=form)


class MealTypeViewSet(WholeTownViewSet):
    """The meals that the town serves."""

    model = MealType
    name = "meal-types"
    icon = "list-ul"
    menu_label = _("Types of meal")
    menu_order = 220
    add_to_settings_menu = True
    list_display = ("name", "code", "is_offered", "position")
    search_fields = ("name",)
    ordering = ("position", "name")
    edit_handler = _panels("name", "code", "is_offered", "position", form=MealTypeForm)


class AuthorisationKindViewSet(WholeTownViewSet):
    """What the town asks guardians to allow."""

    model = AuthorisationKind
    name = "authorisation-kinds"
    icon = "tick"
    menu_label = _("Authorisations")
    menu_order = 225
    add_to_settings_menu = True
    list_display = ("name", "code", "minimum_age", "is_on_day_list", "is_asked")
    search_fields = ("name",)
    ordering = ("position", "name")
    edit_handler = _panels(
        *("name", "code", "text", "minimum_age"),
        *("is_on_day_list", "is_asked", "position"),
    )


@hooks.register("register_admin_viewset")
def child_lists() -> list[WholeTownViewSet]:
    """Add the lists and forms."""
    return [MealTypeViewSet(), AuthorisationKindViewSet()]
