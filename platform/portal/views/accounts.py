"""The steps of signing up that django-allauth leaves to us."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.views import ConfirmEmailView, SignupView
from allauth.core import ratelimit
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from families.domain.addresses import likely_address
from foundation.access import open_to_all
from portal.account_forms import AskLinkForm
from portal.sign_up import ANSWERS, SENT_TO


class SignUpView(SignupView):
    """Sign-up in one transaction: account, person, journal and message, or nothing."""

    def get_initial(self) -> dict[str, Any]:
        """Start a correction from the former answers, the password excepted."""
        initial: dict[str, Any] = super().get_initial()
        if "correct" in self.request.GET:
            initial |= self.request.session.get(ANSWERS, {})
        return initial

    def form_valid(self, form: Any) -> HttpResponse:
        """Undo everything when a part of it fails."""
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
        return response


class ConfirmAddressView(ConfirmEmailView):
    """The one-time link: used, expired, or from elsewhere, one and the same page."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for a click: mail programs open links by themselves."""
        response: HttpResponse = super().get(*args, **kwargs)
        if self.object is None:
            response.status_code = 404
        return response

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm the address."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().post(*args, **kwargs)
        except Http404:
            self.object = None
            response = self.render_to_response(self.get_context_data(), status=404)
        return response


sign_up = open_to_all(SignUpView.as_view())
confirm_address = open_to_all(ConfirmAddressView.as_view())


@open_to_all
@never_cache
@require_GET
def check_mail(request: HttpRequest) -> HttpResponse:
    """Say where the message went, and how to correct a mistyped address."""
    sent_to = request.session.get(SENT_TO, "")
    context = {
        "sent_to": sent_to,
        "meant": likely_address(sent_to),
        "can_correct": ANSWERS in request.session,
    }
    return render(request, "account/verification_sent.html", context)


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def ask_link(request: HttpRequest) -> HttpResponse:
    """Send a new link. The answer never tells whether the address has an account."""
    form = AskLinkForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if ratelimit.consume(request, action="confirm_email", key=email):
            _send_link(request, email)
        request.session[SENT_TO] = email
        return redirect("account_email_verification_sent")
    return render(request, "account/ask_link.html", {"form": form})


@transaction.atomic
def _send_link(request: HttpRequest, email: str) -> None:
    """Write to the address, whatever we know of it: always one message."""
    adapter = get_adapter(request)
    known = EmailAddress.objects.filter(email=email).order_by("-verified").first()
    if known is None:
        adapter.send_mail("account/email/unknown_account", email, {})
    elif known.verified:
        adapter.send_account_already_exists_mail(email)
    else:
        known.send_confirmation(request, signup=True)
