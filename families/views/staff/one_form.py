"""One decision of a clerk about a household: one form, one effect."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from families.models import Household
from foundation.backoffice.access import ClerkRequest, decide
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError


@dataclass(frozen=True)
class Step:
    """One decision about a household: its title, and what sending the form does."""

    household: Household
    title: str
    purpose: str
    act: Callable[[Any], object]
    about: str = ""
    initial: dict[str, Any] | None = None
    back: str = ""

    @property
    def address(self) -> str:
        """Where the decision is made from."""
        return self.back or reverse(
            "households_staff:household", args=[self.household.public_id]
        )


def one_form(
    request: ClerkRequest, step: Step, form_class: Any, **kwargs: Any
) -> HttpResponse:
    """Show the form of a decision, and give it one effect when it is sent."""
    initial = {"form_key": uuid4(), **(step.initial or {})}
    form = form_class(request.POST or None, initial=initial, **kwargs)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_decide(request, step, form))
        except DomainError as error:
            form.add_error(None, str(error))
    number = step.household.file_number
    return staff_page(
        request,
        "families/staff/one_form.html",
        title=step.title,
        trail=[(_("Household %(number)s") % {"number": number}, step.address)],
        form=form,
    )


def _decide(request: ClerkRequest, step: Step, form: Any) -> str:
    def act() -> str:
        step.act(form)
        messages.success(request, _("It is written."))
        return step.address

    household = step.household.public_id
    return decide(
        request,
        key=form.cleaned_data["form_key"],
        purpose=step.purpose,
        answers={**form.cleaned_data, "household": household, "about": step.about},
        act=act,
    )
