"""What clerks answer about a family's changes, and how the town rules them."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from families.models import FileRules
from families.services.change_decisions import Decision
from families.services.change_lines import ReviewLine
from families.services.editables import PARTS

ACCEPT, REFUSE, LATER = "accept", "refuse", ""


class ChangeQueueForm(forms.Form):
    """The filters of the queue; wrong values filter nothing."""

    mark_optional = False

    text = forms.CharField(
        label=_("Name, tracking number, file number"), required=False, max_length=80
    )
    all = forms.BooleanField(label=_("Answered ones too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    @property
    def words(self) -> str:
        """The words to look for."""
        return str(self.cleaned_data.get("text", ""))

    @property
    def only_waiting(self) -> bool:
        """Whether answered requests are left out."""
        return not self.cleaned_data.get("all")


class DecisionForm(forms.Form):
    """The decision on one value; `seen` is the present value that the page showed."""

    choice = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            (ACCEPT, _("Accept")),
            (REFUSE, _("Refuse")),
            (LATER, _("Decide later")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason, if you refuse"),
        required=False,
        max_length=500,
        widget=forms.TextInput,
        help_text=_("The family reads it."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a refusal."""
        answers = self.cleaned_data
        if answers.get("choice") == REFUSE and not answers.get("reason", "").strip():
            self.add_error("reason", _("Say why you refuse: the family reads it."))
        return answers


class ReviewForms:
    """One decision for each value that waits, in one page."""

    def __init__(
        self, lines: Sequence[ReviewLine], data: Mapping[str, Any] | None = None
    ) -> None:
        self.lines = [(line, self._form(line, data)) for line in lines]

    def is_valid(self) -> bool:
        """Check them all, so that every fault is said at once."""
        faults = [form.errors for _line, form in self._open()]
        return not any(faults)

    def decisions(self, *, accept_all: bool) -> dict[UUID, Decision]:
        """Return what was decided; "decide later" is left out."""
        found = {}
        for line, form in self._open():
            choice = ACCEPT if accept_all else form.cleaned_data["choice"]
            if choice != LATER:
                found[line.line.value.public_id] = Decision(
                    is_accepted=choice == ACCEPT,
                    reason=form.cleaned_data["reason"],
                    seen=form.cleaned_data["seen"],
                )
        return found

    def _open(self) -> list[tuple[ReviewLine, DecisionForm]]:
        return [(line, form) for line, form in self.lines if form is not None]

    def _form(
        self, line: ReviewLine, data: Mapping[str, Any] | None
    ) -> DecisionForm | None:
        if not line.line.waits:
            return None
        prefix = f"v{line.line.value.public_id.hex}"
        return DecisionForm(data, prefix=prefix, initial={"seen": line.seen})


class FileRulesForm(forms.ModelForm[FileRules]):
    """What the town checks first, how long it takes, and its yearly review."""

    checked = forms.MultipleChoiceField(
        label=_("What do you check before it changes?"),
        help_text=_("The rest changes at once when the family saves it."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    sections: ClassVar = (
        (_("Changes by families"), ("checked",)),
        (
            _("Time to answer"),
            ("answer_hours", "answer_unit", "opens_at", "closes_at"),
        ),
        (_("Yearly review"), ("review_day", "review_month")),
    )

    class Meta:
        model = FileRules
        fields = (
            "checked",
            "answer_hours",
            "answer_unit",
            "opens_at",
            "closes_at",
            "review_day",
            "review_month",
        )
        help_texts = {
            "answer_hours": _("Weekends and days off never count."),
            "answer_unit": _(
                "72 hours of working days are three working days. "
                "72 hours of opening are about two weeks."
            ),
            "opens_at": _("Used only when you count the hours of opening."),
            "review_day": _("From this day, families are asked to read their file."),
            "review_month": _("Leave both empty to ask for no review."),
        }
        widgets = {
            "opens_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "closes_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the parts of the file by their names."""
        super().__init__(*args, **kwargs)
        self.fields["checked"].choices = [  # type: ignore[attr-defined] # A ChoiceField.
            (part.key.value, part.label) for part in PARTS.values()
        ]

    def grouped(self) -> list[tuple[object, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [
            (heading, [self[name] for name in names])
            for heading, names in self.sections
        ]
