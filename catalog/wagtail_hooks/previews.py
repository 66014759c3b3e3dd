"""What families will see, drawn from a form that is not saved."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels.base import Panel

from catalog.models import Service
from catalog.services.checklist import gaps_of
from catalog.views.staff.checklist import draw_preview


class PreviewPanel(Panel):
    """A button that sends the form as it is, to look at it in another tab."""

    class BoundPanel(Panel.BoundPanel):
        """Drawn for one record."""

        template_name = "catalog/staff/preview_button.html"

        def is_shown(self) -> bool:
            """Wait until there is something saved to start from."""
            return bool(self.instance.pk)


class ChecklistPanel(Panel):
    """What misses before the service opens, as it was saved."""

    class BoundPanel(Panel.BoundPanel):
        """Drawn for one service."""

        template_name = "catalog/staff/checklist_panel.html"

        def is_shown(self) -> bool:
            """Wait until there is something saved to check."""
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Check the service."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            gaps = gaps_of(self.instance, today=timezone.localdate())
            return {
                **context,
                "blocking": [each for each in gaps if each.is_blocking],
                "advice": [each for each in gaps if not each.is_blocking],
            }


class DatedForm:
    """Tells the form which day it is: forms do not read the clock."""

    def get_form(self, form_class: Any = None) -> Any:
        """Give the day."""
        form = super().get_form(form_class)  # type: ignore[misc] # Mixed into a view.
        form.today = timezone.localdate()
        return form


class PreviewedEdit:
    """Answers the preview button: saves, draws the page, and undoes all of it."""

    form: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw what the form says, or save it as usual."""
        if "preview" not in request.POST:
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc] # Mixed into a view.
            return response
        self.object = self.get_object()  # type: ignore[attr-defined] # Mixed into a view.
        self.form = self.get_form()  # type: ignore[attr-defined] # Mixed into a view.
        if not self.is_valid(self.form):  # type: ignore[attr-defined] # Mixed into a view.
            invalid: HttpResponse = self.form_invalid(self.form)  # type: ignore[attr-defined] # Mixed into a view.
            return invalid
        with transaction.atomic():
            drawn = draw_preview(request, self.service_of(self.form.save()))
            transaction.set_rollback(True)
        return drawn

    def service_of(self, saved: Any) -> Service:
        """Return the service whose page is drawn."""
        service: Service = saved if isinstance(saved, Service) else saved.service
        return service
