"""The forms of a member of staff: an address, a name, what they may do."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Account
from tenants.townhall.models import Department, School, StaffScope

SCOPE_FIELDS = ("all_departments", "departments", "all_schools", "schools")


class StaffForm(forms.ModelForm[Account]):
    """No user name and no password: the person chooses one through a link."""

    all_departments = forms.BooleanField(
        label=_("Every department"), required=False, initial=True
    )
    departments = forms.ModelMultipleChoiceField(
        Department.objects.order_by("name"),
        label=_("Only these departments"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Used when “every department” is not ticked."),
    )
    all_schools = forms.BooleanField(
        label=_("Every school"), required=False, initial=True
    )
    schools = forms.ModelMultipleChoiceField(
        School.objects.order_by("position", "name"),
        label=_("Only these schools"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Used when “every school” is not ticked."),
    )

    class Meta:
        model = Account
        fields: tuple[str, ...] = (
            "email",
            "first_name",
            "last_name",
            "is_superuser",
            "groups",
        )
        labels = {"is_superuser": _("Administrator"), "groups": _("Teams")}
        help_texts = {
            "email": _("Where the link to choose a password is sent."),
            "is_superuser": _("May do everything, settings and staff included."),
            "groups": _("What somebody who is not an administrator may do."),
        }
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = True
        self.fields["last_name"].required = True
        groups = self.fields["groups"]
        if isinstance(groups, forms.ModelMultipleChoiceField):
            groups.queryset = Group.objects.order_by("name")
        self._show_scope()

    def clean_email(self) -> str:
        """Keep addresses in lower case: they are the name of the account."""
        return Account.objects.normalise_address(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Refuse somebody who could do nothing."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "groups" not in self.fields or "is_superuser" not in self.fields:
            return data
        if not data.get("is_superuser") and not data.get("groups"):
            self.add_error(
                "groups", _("Choose a team, or make this person an administrator.")
            )
        self._check_scope(data)
        return data

    @property
    def scope(self) -> dict[str, Any]:
        """The part of the town, as `limit_staff` takes it."""
        return {name: self.cleaned_data[name] for name in SCOPE_FIELDS}

    def _show_scope(self) -> None:
        """Tick what the person sees today."""
        kept = StaffScope.objects.filter(account_id=self.instance.pk).first()
        if kept is not None:
            for name in SCOPE_FIELDS:
                value = getattr(kept, name)
                is_many = name in {"departments", "schools"}
                self.fields[name].initial = list(value.all()) if is_many else value

    def _check_scope(self, data: dict[str, Any]) -> None:
        """Refuse somebody who would see nothing at all."""
        if not data.get("all_departments") and not data.get("departments"):
            self.add_error(
                "departments", _("Choose a department, or tick “every department”.")
            )
        if not data.get("all_schools") and not data.get("schools"):
            self.add_error("schools", _("Choose a school, or tick “every school”."))


class StaffEditForm(StaffForm):
    """The same, with a way to close the account; nobody locks themselves out."""

    class Meta(StaffForm.Meta):
        fields = (*StaffForm.Meta.fields, "is_active")
        labels = {**StaffForm.Meta.labels, "is_active": _("May sign in")}
        help_texts = {
            **StaffForm.Meta.help_texts,
            "is_active": _("Untick it when the person leaves. Their work stays."),
        }

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].disabled = True
        self.fields["email"].help_text = _(
            "The person changes it under “Sign-in and security”."
        )
        if editing_self:
            del self.fields["is_active"]
            del self.fields["is_superuser"]
