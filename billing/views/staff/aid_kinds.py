"""The kinds of aid, in lists and forms of the back office."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
)

from billing.forms.aids import AidKindForm
from billing.models import AidKind
from tenants.townhall.views.whole_town import WholeTownViewSet


class AidKindViewSet(WholeTownViewSet):
    """What third parties pay, and under which conditions."""

    model = AidKind
    name = "aid-kinds"
    icon = "group"
    menu_label = _("Kinds of aid")
    list_display = ("name", "payer", "method", "from_on", "until_on")
    list_filter = ("method",)
    ordering = ("position", "name")
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("payer"),
            MultiFieldPanel(
                [
                    FieldPanel("method"),
                    FieldRowPanel([FieldPanel("amount"), FieldPanel("percent")]),
                    FieldPanel("half_day_hours"),
                ],
                heading=_("What it pays"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("services"),
                    FieldPanel("activities"),
                    FieldRowPanel(
                        [FieldPanel("quotient_from"), FieldPanel("quotient_until")]
                    ),
                    FieldRowPanel([FieldPanel("from_on"), FieldPanel("until_on")]),
                ],
                heading=_("For what, and for whom"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("ceiling"), FieldPanel("ceiling_units")]),
                    FieldPanel("ceiling_period"),
                ],
                heading=_("Ceilings"),
            ),
            FieldPanel("position"),
            FieldPanel("code"),
        ],
        base_form_class=AidKindForm,
    )
