"""The terms of use: read them, accept them, go on."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from families.domain.terms import blocks_of
from families.forms.terms import AcceptTermsForm
from families.queries.terms import acceptances_by, find_current_terms
from families.services.terms import accept_terms
from families.views.access import PersonRequest, person_required, themselves_required
from foundation.errors import DomainError


@require_http_methods(["GET", "POST"])
@person_required
@themselves_required
def terms(request: PersonRequest) -> HttpResponse:
    """Show the version in force; accepting it leads on to the page that was asked."""
    current = find_current_terms()
    if current is None:
        return redirect("families:home")
    accepted = acceptances_by(request.user).filter(terms=current).first()
    form = AcceptTermsForm(request.POST or None, initial={"version": current.public_id})
    if accepted is None and form.is_valid():
        try:
            accept_terms(
                account=request.user,
                version=form.cleaned_data["version"],
                address=get_adapter(request).get_client_ip(request),
                now=timezone.now(),
            )
        except DomainError as error:
            messages.warning(request, str(error))
            return redirect(request.get_full_path())
        return redirect(_next_of(request))
    context = {
        "form": form,
        "terms": current,
        "blocks": blocks_of(current.body),
        "accepted": accepted,
        "next": request.GET.get("next", ""),
    }
    return render(request, "families/terms.html", context)


def _next_of(request: HttpRequest) -> str:
    """Return the page that was asked for, if it is one of ours."""
    asked = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("families:home")
