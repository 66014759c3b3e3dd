"""The forms of a member of staff: an address, a name, what they may do."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Account


class StaffForm(forms.ModelForm[Account]):
    """No user name and no password: the person chooses one through a link."""

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
        return data


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
