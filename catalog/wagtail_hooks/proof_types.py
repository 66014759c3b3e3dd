"""The types of proof: what families hand in, how long it counts, what it proves."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets.button import HeaderButton

from catalog.forms.proof_types import ProofTypeForm
from families.enums import ProofKind
from families.models import ProofType
from families.signals import signed_type_made
from foundation.backoffice.viewsets import (
    JournalledCreateView,
    JournalledEditView,
)
from tenants.townhall.views.whole_town import WholeTownViewSet


class ProofTypeCreateView(JournalledCreateView):
    """Leads to the questions of a form once it is named."""

    def save_instance(self) -> Any:
        """Give a type of signed mandate to those who signed already."""
        instance = super().save_instance()
        _give_to_signers(instance)  # type: ignore[arg-type] # This model.
        return instance

    def save_action(self) -> HttpResponse:
        """Go on with the questions, which make the form."""
        response: HttpResponse = super().save_action()
        if self.object.kind != ProofKind.FORM:
            return response
        return redirect("families_proof_types:questions", self.object.public_id)


class ProofTypeEditView(JournalledEditView):
    """Leads to the questions, and to what families see."""

    def save_instance(self) -> Any:
        """Give a type of signed mandate to those who signed already."""
        instance = super().save_instance()
        _give_to_signers(instance)  # type: ignore[arg-type] # This model.
        return instance

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Show the questions of a form, and the page of any type, in another tab."""
        public_id = self.object.public_id
        buttons = [
            HeaderButton(
                _("See as families"),
                url=reverse("families_proof_types:preview", args=[public_id]),
                icon_name="view",
                attrs={"target": "_blank", "rel": "noopener"},
            )
        ]
        if self.object.kind == ProofKind.FORM:
            address = reverse("families_proof_types:questions", args=[public_id])
            buttons.insert(
                0, HeaderButton(_("Questions"), url=address, icon_name="form")
            )
        return buttons


class ProofTypeViewSet(WholeTownViewSet):
    """What families hand in, how long it counts, what it proves."""

    model = ProofType
    name = "proof-types"
    icon = "doc-full"
    menu_label = _("Types of proof")
    add_view_class = ProofTypeCreateView
    edit_view_class = ProofTypeEditView
    list_display = ("name", "kind", "subject", "validity", "proves")
    list_filter = ("kind", "subject", "proves")
    search_fields = ("name", "code")
    ordering = ("name",)
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("help_text"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("subject")]),
            FieldPanel("proves"),
            MultiFieldPanel(
                [
                    FieldPanel("validity"),
                    FieldRowPanel(
                        [FieldPanel("validity_months"), FieldPanel("valid_until")]
                    ),
                ],
                heading=_("How long it counts"),
            ),
            FieldPanel("template"),
            FieldPanel("code"),
        ],
        base_form_class=ProofTypeForm,
    )


def _give_to_signers(proof_type: ProofType) -> None:
    if proof_type.kind == ProofKind.MANDATE:
        signed_type_made.send(sender=ProofType, proof_type=proof_type)
