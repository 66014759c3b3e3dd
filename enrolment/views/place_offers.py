"""The family answers to a place offered to its child."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from enrolment.enums import OfferAnswer
from enrolment.forms.waiting import OfferAnswerForm
from enrolment.queries.requests import get_request
from enrolment.queries.waiting_list import find_open_offer
from enrolment.services.waiting_list import answer_offer
from families.views.access import FamilyRequest, family_required
from foundation.errors import DomainError

_SAID = {
    OfferAnswer.ACCEPT: gettext_lazy("The place is yours. Here is what comes next."),
    OfferAnswer.STAY: gettext_lazy("Thank you. Your child is still on the list."),
    OfferAnswer.LEAVE: gettext_lazy("Thank you. Your child is off the list."),
}


@require_http_methods(["GET", "POST"])
@family_required
def offer(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Show the place and ask for an answer."""
    asked = get_request(request.household, public_id)
    found = find_open_offer(asked)
    if found is None:
        return redirect("enrolment:request", public_id)
    form = OfferAnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer = OfferAnswer(form.cleaned_data["answer"])
        try:
            answer_offer(
                offer=found,
                answer=answer,
                actor=request.user,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except DomainError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _SAID[answer])
        return redirect("enrolment:request", public_id)
    context = {"form": form, "asked": asked, "offer": found, "question": form["answer"]}
    return render(request, "enrolment/requests/offer.html", context)
