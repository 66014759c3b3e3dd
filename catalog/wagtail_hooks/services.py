"""Services with their situations and proofs, and the types of proof."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets.button import HeaderButton

from catalog.forms.codes import CodeFromName
from catalog.forms.requirements import RequirementForm, RequirementFormSet
from catalog.forms.services import ServiceForm
from catalog.models import Service
from catalog.wagtail_hooks.previews import (
    ChecklistPanel,
    DatedForm,
    PreviewedEdit,
    PreviewPanel,
)
from foundation.backoffice.panels import RowsPanel
from tenants.townhall.views.scoped import ScopedEditView, ScopedIndexView, ScopedViewSet


class ServiceIndexView(ScopedIndexView):
    """Lists services with their department."""

    def get_base_queryset(self) -> QuerySet[Service]:
        """Fetch what the columns name."""
        found: QuerySet[Service] = super().get_base_queryset()
        return found.select_related("department", "commune")


class ServiceEditView(PreviewedEdit, DatedForm, ScopedEditView):
    """Leads to the page that families see, and to what misses before it opens."""

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Show the page in another tab, a preview while it is hidden."""
        page = reverse("catalog_staff:preview", args=[self.object.public_id])
        if self.object.is_published:
            page = reverse("catalog:service", args=[self.object.code])
        return [
            HeaderButton(
                _("See as families"),
                url=page,
                icon_name="view",
                attrs={"target": "_blank", "rel": "noopener"},
            ),
            HeaderButton(
                _("What is missing"),
                url=reverse("catalog_staff:checklist", args=[self.object.public_id]),
                icon_name="list-ul",
            ),
            HeaderButton(
                _("Copy a season"),
                url=(
                    f"{reverse('catalog_staff:copy_season')}"
                    f"?service={self.object.public_id}"
                ),
                icon_name="copy",
            ),
        ]


class ServiceViewSet(ScopedViewSet):
    """What the town offers."""

    model = Service
    name = "services"
    icon = "form"
    menu_label = _("Services")
    index_view_class = ServiceIndexView
    edit_view_class = ServiceEditView
    list_display = ("name", "department", "commune", "billing_mode", "is_published")
    list_filter = ("department", "commune", "is_published")
    search_fields = ("name", "code")
    ordering = ("position", "name")
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("commune"), FieldPanel("department")]),
                    FieldPanel("summary"),
                    FieldPanel("description"),
                    FieldPanel("is_published"),
                ],
                heading=_("What families read"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("requires_access"),
                    FieldRowPanel(
                        [FieldPanel("requests_open_at"), FieldPanel("bookings_open_at")]
                    ),
                    FieldPanel("billing_mode"),
                ],
                heading=_("How it works"),
            ),
            MultiFieldPanel(
                [FieldPanel("comes_after"), FieldPanel("once_accepted")],
                heading=_("Before and after"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("keeps_waiting_list"),
                    FieldRowPanel(
                        [FieldPanel("shows_rank"), FieldPanel("days_to_answer")]
                    ),
                    FieldPanel("takes_expected_children"),
                ],
                heading=_("Waiting list"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("silence"), FieldPanel("silence_months")]
                    ),
                    FieldPanel("alert_days"),
                    FieldPanel("appeal"),
                ],
                heading=_("Time to answer a request"),
            ),
            RowsPanel(
                "situations",
                form=CodeFromName,
                panels=[
                    FieldPanel("name"),
                    FieldPanel("help_text"),
                    FieldPanel("points"),
                    FieldRowPanel([FieldPanel("code"), FieldPanel("position")]),
                ],
                heading=_("Situations"),
                label=_("Situation"),
                help_text=_("What families choose between: one parent works, both..."),
            ),
            RowsPanel(
                "requirements",
                form=RequirementForm,
                formset=RequirementFormSet,
                panels=[
                    FieldPanel("proof_type"),
                    FieldRowPanel([FieldPanel("situation"), FieldPanel("position")]),
                    FieldRowPanel(
                        [FieldPanel("only_if_question"), FieldPanel("only_if_answer")]
                    ),
                    FieldPanel("is_mandatory"),
                ],
                heading=_("Proofs asked for"),
                label=_("Proof"),
                help_text=_("Save new situations first: a proof may then name them."),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("code"), FieldPanel("position")])],
                heading=_("For the record"),
                classname="collapsed",
            ),
            MultiFieldPanel([ChecklistPanel()], heading=_("Before it opens")),
            MultiFieldPanel([PreviewPanel()], heading=_("Preview")),
        ],
        base_form_class=ServiceForm,
    )
