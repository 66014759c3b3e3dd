"""Say to a family what became of an edit."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from families.services.edits import EditOutcome


def tell_outcome(request: HttpRequest, outcome: EditOutcome) -> None:
    """Say what is saved, what the town checks first, and what to do next."""
    if outcome.applied or outcome.waiting is None:
        messages.success(request, _("Your changes are saved."))
    if outcome.waiting is not None:
        sentence = _(
            "The town checks your change %(number)s first. You will have an e-mail."
        )
        messages.info(request, sentence % {"number": outcome.waiting})
    for notice in outcome.notices:
        messages.warning(request, notice)
