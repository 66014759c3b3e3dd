"""The steps of signing up that django-allauth leaves to us."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import verify_email_and_resume
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from allauth.account.views import ConfirmEmailView, SignupView
from allauth.core import ratelimit
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from families.domain.addresses import likely_address
from foundation.access import open_to_all
from foundation.accounts.models import Account
from foundation.town import current_tenant
from portal.account_forms import AskLinkForm, CreateAccountForm, FirstPasswordForm
from portal.sign_up import ANSWERS, SENT_TO, asks_address_first
from portal.views.start import send_start_link, visitor_of
from tenants.townhall.queries import town_settings


class SignUpView(SignupView):
    """Sign-up in one transaction: account, person, journal and message, or nothing."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Lead to the other way in, where the town asks for the address first."""
        if asks_address_first(current_tenant()):
            return redirect("account_start")
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> CreateAccountForm:
        """Make robots pay for the form, where the town wants it."""
        form: CreateAccountForm = super().get_form(form_class)
        if town_settings().robot_check:
            form.check_robots(purpose="sign-up", visitor=visitor_of(self.request))
        return form

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
    """The one-time link: used, expired, or from elsewhere, one and the same page.

    Where the password comes after the mail, it is chosen on this page: the account
    opens on any device, and never without a password.
    """

    object: Any = None

    def get_template_names(self) -> list[str]:
        """Ask for a password where there is none yet."""
        if self.object is not None and _waits_for_password(self._account()):
            return ["account/choose_password.html"]
        names: list[str] = super().get_template_names()
        return names

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add the form of the password."""
        shown: dict[str, Any] = super().get_context_data(**context)
        if self.object is not None and _waits_for_password(self._account()):
            shown.setdefault("form", FirstPasswordForm(user=self._account()))
        return shown

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for a click: mail programs open links by themselves."""
        response: HttpResponse = super().get(*args, **kwargs)
        if self.object is None:
            response.status_code = 404
        return response

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm the address, once a password is chosen."""
        try:
            with transaction.atomic():
                self.object = self.get_object()
                if _waits_for_password(self._account()):
                    return self._choose_password()
                response: HttpResponse = super().post(*args, **kwargs)
        except Http404:
            self.object = None
            response = self.render_to_response(self.get_context_data(), status=404)
        return response

    def _account(self) -> Account:
        account: Account = self.object.email_address.user
        return account

    def _choose_password(self) -> HttpResponse:
        """Keep the password, confirm and sign in; raise Http404 when it is too late."""
        account, request = self._account(), self.request
        form = FirstPasswordForm(data=request.POST, user=account)
        if not form.is_valid():
            page: HttpResponse = self.render_to_response(
                self.get_context_data(form=form)
            )
            return page
        get_adapter(request).set_password(account, form.cleaned_data["password1"])
        address, response = verify_email_and_resume(request, self.object)
        if address is None:
            raise Http404
        record_authentication(request, account, method="password", email=address.email)
        answer: HttpResponse = response or perform_login(
            request, Login(user=account, email=address.email)
        )
        return answer


def _waits_for_password(account: Account) -> bool:
    """Tell whether the account was opened without one, and never used."""
    return (
        not account.has_usable_password()
        and account.last_login is None
        and not account.is_staff
    )


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
    in_town = not current_tenant().is_public
    if in_town and town_settings().robot_check:
        form.check_robots(purpose="ask-link", visitor=visitor_of(request))
    if form.is_valid():
        email = form.cleaned_data["email"]
        if asks_address_first(current_tenant()):
            send_start_link(request, email)
        elif ratelimit.consume(request, action="confirm_email", key=email):
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
