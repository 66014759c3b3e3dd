"""Who is in the household: inviting, taking out."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.models import Child, Household


class InviteForm(forms.Form):
    """The address of the adult who is invited; the children to share, if any."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("We send a link that works for 24 hours."),
        error_messages={"required": _("Enter the e-mail address.")},
    )
    children = forms.MultipleChoiceField(
        label=_("Children to share"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one child.")},
    )

    def __init__(
        self, *args: Any, children: Collection[Child] | None, **kwargs: Any
    ) -> None:
        """Ask for children only where some are shared."""
        super().__init__(*args, **kwargs)
        self.known = {str(child.public_id): child for child in children or ()}
        if children is None:
            del self.fields["children"]
            return
        self.fields["children"].choices = [  # type: ignore[attr-defined] # A choice.
            (key, str(child)) for key, child in self.known.items()
        ]

    @property
    def chosen(self) -> list[Child]:
        """The children that are ticked."""
        return [self.known[key] for key in self.cleaned_data.get("children", [])]


class RemoveForm(forms.Form):
    """Why somebody is taken out."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("Both of you read it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say why: it is kept with the decision.")},
    )


class AnswerForm(forms.Form):
    """Into which household shared children come, for who has several."""

    household = forms.ChoiceField(
        label=_("Into which household?"), widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, households: Collection[Household], **kwargs: Any
    ) -> None:
        """Leave the question out when there is no choice."""
        super().__init__(*args, **kwargs)
        self.known = {str(each.public_id): each for each in households}
        if len(self.known) < 2:
            del self.fields["household"]
            return
        self.fields["household"].choices = [  # type: ignore[attr-defined] # A choice.
            (key, f"{each.street}, {each.city}") for key, each in self.known.items()
        ]

    @property
    def chosen(self) -> Household | None:
        """The household, or None when the person has none."""
        key = self.cleaned_data.get("household") or next(iter(self.known), "")
        return self.known.get(key)
